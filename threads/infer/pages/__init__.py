"""A page's text read line by line: which lines are comments, who wrote them, when."""

"""Who answers whom on a page whose links are lost."""

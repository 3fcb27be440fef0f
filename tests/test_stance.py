"""The stance gate: the same trope asserted, hinted, reported, denied and called out.

The trope here is a harmless one with the same grammar ("Cats run the town"); the sentences are tests of
the gate's cues and of how they combine.
"""

import pytest

from threads.detectors.antisemitism import antisemitism
from threads.detectors.pattern import Matcher, parse
from threads.detectors.stance import gate
from threads.text import words

TROPE = Matcher([(0, sequence) for sequence in parse("cats ..3 run|runs|own ..2 town|banks|cats", {})])
OWN = frozenset({"cats", "run", "runs", "own", "town", "banks"})

CASES = """
endorse | Cats run the town.
endorse | I believe that cats run the town.
endorse | Nobody can deny that cats run the town.
endorse | Not only do cats run the town, they sleep in it.
endorse | It is no coincidence that cats run the town.
endorse | The mayor said that cats run the town and he is right.
endorse | Wake up! Cats run the town!
endorse | Do your research. Cats run the town.
endorse | Don't forget that cats run the town.
endorse | They call me a bigot because I say cats run the town.
endorse | You get called a bigot if you point out that cats run the town.
endorse | It isn't a conspiracy theory that cats run the town.
endorse | I don't care what you think: cats run the town.
endorse | You can't say it, but cats run the town.
endorse | My teacher says otherwise but cats run the town.
endorse | "Cats run the town from below." So true.
endorse | > Cats run the town from below.\\nExactly. Well said.
insinuate | Isn't it funny how cats run the town?
insinuate | Aren't cats running things, and don't cats run the town?
insinuate | I'm not a bigot but cats run the town.
insinuate | Not all of them, but most cats run the town, just saying.
insinuate | I do not buy into all of it, yet cats run the town.
report | He claims that cats run the town.
report | They say cats run the town.
report | According to my uncle, cats run the town.
report | He was accused of saying that cats run the town.
report | A man was arrested after shouting that cats run the town.
report | If cats run the town, why is it so loud?
report | “Cats run the whole town,” he told the crowd.
report | Is it true that cats run the town?
report | > Cats run the town.\\nWhat do you mean by that?
report | Your post >> Cats run the town and the harbour.
condemn | Cats do not run the town.
condemn | No, cats don't run the town.
condemn | I never said that cats run the town.
condemn | It is a lie that cats run the town.
condemn | The myth that cats run the town won't die.
condemn | Saying that cats run the town is disgusting.
condemn | "Cats run the town" is an old antisemitic trope.
condemn | There is no evidence that cats run the town.
condemn | Anyone who thinks cats run the town is an idiot.
condemn | Stop saying that cats run the town.
condemn | Imagine believing that cats run the town lol
condemn | Cats run the town? Give me a break.
condemn | Cats run the town? No they don't.
condemn | Cats run the town, yeah right.
condemn | The idea that cats run the town is baseless.
condemn | > Cats run the town.\\nThat is a racist lie and you should be ashamed.
in_group | As a Jew I have heard that cats run the town.
in_group | I'm Jewish and if cats run the town nobody told me.
"""

ABROAD = """
A3 endorse | Die Juden kontrollieren die Medien.
A3 condemn | Es ist nicht wahr, dass die Juden die Medien kontrollieren.
A3 condemn | Die Juden kontrollieren nicht die Medien.
A3 condemn | Dass Juden die Medien kontrollieren, ist Unsinn.
A3 condemn | Niemand sollte glauben, dass Juden die Medien kontrollieren.
A3 report | Er behauptet, die Juden kontrollieren die Medien.
A3 report | Angeblich kontrollieren die Juden die Medien.
A3 report | „Die Juden kontrollieren die Medien“, stand auf der Mauer.
A3 report | »Die Juden kontrollieren die Medien«, stand auf der Mauer.
A3 in_group | Ich bin Jude, und die Juden kontrollieren die Medien.
A3 endorse | Les juifs contrôlent les médias.
A3 condemn | Les juifs ne contrôlent pas les médias.
A3 condemn | C'est un mensonge que les juifs contrôlent les médias.
A3 condemn | Il est honteux de dire que les juifs contrôlent les médias.
A3 report | Certains disent que les juifs contrôlent les médias.
A3 report | On lisait « les juifs contrôlent les médias » sur le mur.
A3 in_group | Je suis juive et les juifs contrôlent les médias, paraît-il.
A3 endorse | Los judíos controlan los medios.
A3 condemn | Los judíos no controlan los medios.
A3 condemn | Es mentira que los judíos controlan los medios.
A3 condemn | Nadie debe creer que los judíos controlan los medios.
A3 report | Dicen que los judíos controlan los medios.
A3 report | Leí «los judíos controlan los medios» en la pared.
A3 in_group | Somos judíos y los judíos controlan los medios, claro.
"""


def verdict(text, parent=None, **options):
    cut = words(text)
    hit = TROPE.find(cut)[0]
    return gate().read(cut, parent).stance(hit.first, hit.stop, OWN, **options)


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_stance(case):
    stance, text = case.split(" | ")
    assert verdict(text.replace("\\n", "\n")).stance == stance


@pytest.mark.parametrize("case", ABROAD.strip().splitlines())
def test_stance_in_german_french_and_spanish(case):
    expected, text = case.split(" | ")
    _, judged = antisemitism().judge(text)
    assert judged
    assert {f"{j.hit.entry.category} {j.verdict.stance}" for j in judged} == {expected}


def test_only_what_speaks_against_a_finding_is_given_as_a_cue():
    assert verdict("Nobody can deny that cats run the town.").against == ()
    (cue,) = verdict("I hear reportedly cats run the town.").against
    assert (cue.words, cue.cue.id, (cue.start, cue.end)) == ("reportedly", "others-say", (7, 17))


def test_each_clause_is_judged_by_its_own_cues():
    text = "I do not say that cats run the town, I say that cats run the banks."
    cut = words(text)
    context = gate().read(cut)
    stances = [context.stance(h.first, h.stop, OWN).stance for h in TROPE.find(cut)]
    assert stances == ["condemn", "endorse"]


def test_a_sentence_of_the_parent_is_a_quotation():
    parent = "Everyone should know it. Cats secretly run the whole town. So there."
    assert verdict("Cats secretly run the whole town.\nWhat?", parent).stance == "report"
    assert verdict("Cats secretly run the whole town.\nWhat?").stance == "endorse"


def test_scare_quotes_excuse_no_coded_word():
    text = "Surely the 'cats run town' again."
    assert verdict(text, is_coded=False).stance == "report"
    assert verdict(text, is_coded=True).stance == "endorse"


def test_a_negation_that_the_trope_itself_holds_denies_nothing():
    text = "Cats do not run the town."
    cut = words(text)
    hit = TROPE.find(cut)[0]
    assert gate().read(cut).stance(hit.first, hit.stop, OWN | {"not"}).stance == "endorse"


def test_cues_far_away_do_not_reach():
    far = "This is a vile lie. I had soup. Then bread. And then I went home. Cats run the town."
    assert verdict(far).stance == "endorse"

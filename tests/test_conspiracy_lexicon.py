"""Whole comments that must, or must not, be flagged as conspiratorial, over topics of every kind."""

from __future__ import annotations

import pytest

from threads.detectors.conspiracy import ELEMENTS, conspiracy
from threads.taxonomy import categories

PLOTS = [
    # rule by others than those in office
    "There is a shadow government over there made up of oligarchs. Thinking that the president or his "
    "minister have been calling the shots independently is fantasy. The conflict has been controlled by "
    "friends on both sides.",
    "Presidents come and go. The deep state stays and it orchestrated this coup from the first day.",
    "Vote for whom you like, the same handful of families owns both parties and decides behind closed doors.",
    "The elites secretly control the courts and the police in this country. Wake up.",
    "A cabal of very rich men runs the world from the shadows and our ministers are puppets.",
    "Who really runs this country? Not the people you see on television, that much is certain. The bankers "
    "pull the strings and always have.",
    # space
    "The moon landing was filmed in a studio and NASA has been hiding the truth ever since.",
    "The government has been hiding alien technology for seventy years and silences everyone who talks.",
    # war
    "The gas attack in Syria was a false flag. The CIA staged it so that the bombing could begin.",
    "This war was planned by the bankers long before the first shot. Both sides are financed by the "
    "same people, it is no coincidence.",
    "The bombing was an inside job, the security services did it to get their man elected.",
    # elections
    "They rigged the election and the deep state covered it up. No coincidence that the cameras "
    "failed that night.",
    "Elections are theatre. The globalists pick the winner in secret and the voting machines do the rest.",
    # money
    "The central bankers engineer every crisis to steal your house, and they do it on purpose "
    "behind the scenes.",
    "The banking families created this crash by design. Nothing happens by accident, the cabal planned it.",
    "The Federal Reserve is run by a secret society that wants to enslave the people through debt.",
    # medicine
    "Big Pharma hides the cure for cancer because there is no money in healthy people.",
    "Big Pharma and the elites want us sick. They secretly poison the food so that you come back for pills.",
    "The vaccine has microchips in it so that they can track every one of us.",
    "The virus was released on purpose by the elites to depopulate the planet.",
    # sky and weather
    "Look at the sky! Chemtrails again. They are poisoning us and nobody asks.",
    "HAARP made this hurricane. The government controls the weather now and hides the truth.",
    # accidents and deaths
    "The engineer knew too much about the bridge. They silenced him, the mafia controls the council "
    "behind our backs.",
    "He did not kill himself. The elites had him killed because he knew their secrets.",
    "Those parents are crisis actors, the whole shooting was staged to take our guns.",
    # local politics
    "Our council is run by the lodge and everything is decided in secret before the meeting even starts.",
    "The developers own the mayor and the mafia runs the town behind the scenes.",
    # migration, climate, technology
    "The elites planned the refugee crisis to replace us, this is the great replacement.",
    "Climate change is a hoax invented by the globalists, they want to control every aspect of our lives.",
    "The shortage is fake. The oil companies staged the crisis and they don't want you to know it.",
    "The elites control every laboratory and had the files burned on purpose. Don't be fooled.",
    "The cabal controls every university. The more they deny it, the surer I am.",
    "Never believe the official story. The fires were set on purpose by the elites to grab the land.",
    "The NWO wants your cash gone so that it can track everything you buy.",
    "Agenda 2030 is the plan of the globalists to enslave humanity.",
    "The deep state runs the newsrooms, so never trust the media.",
    # other languages
    "Die Schattenregierung hat diesen Krieg geplant und die Medien verschweigen es.",
    "Die Eliten ziehen im Hintergrund die Fäden und wollen uns versklaven. Wacht endlich auf!",
    "Das ist doch alles von den Globalisten inszeniert, und ihr sollt es nicht wissen.",
    "Hay un gobierno en la sombra que controla todo, y los medios callan.",
    "Los banqueros mueven los hilos y nos ocultan la verdad.",
    # said in many ways, as people say it
    "Everything you see on the news is scripted by the people who own the banks and they all answer to "
    "the same hidden masters.",
    "9/11 was planned by our own government so they could invade Iraq. Building 7 fell by itself, right...",
    "You really think a lone gunman killed Kennedy? The CIA did it and has been covering it up for 60 years.",
    "They've had the cure for cancer for decades, but pharma makes more money keeping us sick.",
    "Bill Gates wants to depopulate the world with his vaccines and the media is in on it.",
    "The earthquake in Turkey was no natural event. It was triggered by a secret US weapon to punish "
    "Erdogan.",
    "Every war in the last 100 years has been started by the same small group of people for profit, and "
    "they laugh at us.",
    "The UN is just a front for a one world government that will take away our freedom, it's all going "
    "to plan.",
    "Wildfires that melt cars but leave trees standing? Those were directed energy weapons. They want "
    "the land for their smart cities.",
    "Politicians are actors reading lines. The real decisions are made by a few families at Bilderberg "
    "where no press is allowed.",
    "The Nord Stream explosion was a CIA operation and everybody is ordered to keep quiet about it.",
    "Our mayor is just a pawn, the real power in this town is the lodge and its secret handshakes.",
    "They killed Epstein to protect the pedophile elite that runs Washington.",
    "Inflation isn't an accident. The globalists designed it to wipe out the middle class and make us "
    "all dependent.",
    "Chemicals in the water are turning people infertile and that's exactly what the elites planned.",
    "Covid was a bioweapon created by the deep state to get rid of Trump.",
    "NASA never went to the moon, Kubrick filmed it, and everyone who wanted to talk ended up dead.",
    "The EU was created by the CIA to control Europe and our politicians are all bought.",
    "Follow the money and you'll find Soros behind every one of these protests, pulling strings to "
    "destroy our nations from within.",
    "The whole climate thing is a scam cooked up by elites to tax and control us, scientists are paid "
    "to go along.",
    "Same script in every country, same words, same week. You think that's by chance? Somebody above "
    "the governments gives the orders.",
    "Wake up people! The war in Ukraine is a show. Zelensky and Putin take orders from the same masters.",
    "It's all connected: the banks, the media, the vaccines. They want total control and they're nearly "
    "there.",
    "They poison the air, the food and the water because sick people don't rebel.",
    "AIDS was created in a government lab to wipe out Africans and gays.",
    "School shootings are orchestrated by the government to disarm the population.",
    "The banks crashed the economy on purpose so the elites could buy everything for pennies.",
    "There's a hidden hand behind the collapse of the grain deal, and it isn't Moscow or Kiev.",
    "The World Bank and the IMF are tools of a global cabal that wants every nation in debt slavery.",
    "Hospitals were paid to write covid on every death certificate, and doctors who spoke out were "
    "silenced by the elites.",
    "Elections don't matter, the candidates are selected by a secret committee of billionaires years in "
    "advance.",
    "Ancient civilisations had free energy and the Rockefellers buried it.",
    "Antibiotics, fluoride, wifi: all of it made to keep the population weak and docile.",
    "Satellites are fake and the earth is flat, NASA lies to hide God from us.",
    "Why does every leader suddenly say build back better? Because they're all reading from the script "
    "the globalists gave them.",
]

INNOCENT = [
    # criticism of policy, states and firms
    "Lavrov lies whenever he opens his mouth and Putin started this war.",
    "Thank you, Mr Lavrov.",
    "NATO should never have bombed Libya; the US broke a country and left.",
    "NATO fly the rebuild enterprise in, and the poppy fields are back.",
    "Putin controls the army and the television, that is what dictators do.",
    "The government has no plan for the hospitals and it shows.",
    "The ministry botched the lockdown and will not admit the mistake.",
    "The oligarchs got their factories for a song in the nineties, it was theft with a stamp on it.",
    "Big Pharma charges ten times what insulin costs to make. Regulate them.",
    "The gun lobby spent four million on this campaign, it is all in the public filings.",
    "The farm lobby wrote half of that bill and everybody in parliament knows it.",
    "Billionaires pay less tax than their cleaners. That is a policy choice.",
    "The sanctions hurt ordinary people and leave the elite in its villas.",
    "I do not trust this minister, he has changed his story twice.",
    "The media should report more on the floods in the east.",
    "These mandates go too far, and I say so as a nurse who has had all her shots.",
    "The vaccine gave me two days of fever. The trial data should be published in full.",
    # documented conspiracies, whistle-blowing, courts
    "The carmaker programmed its engines to cheat the emissions test, and managers went to jail for it.",
    "Tobacco firms knew for decades that smoking kills and paid for studies that said otherwise.",
    "The leaked files showed mass surveillance of phone records, and a court later called it unlawful.",
    "The inquiry found that the council had covered up the asbestos reports.",
    "A former clerk handed the auditors the invoices, and the fraud came to light.",
    "Two men were convicted of conspiracy to rob the depot.",
    "The trial of the former minister for bribery opens on Monday.",
    "The CIA backed the coup in 1953, its own declassified files say so.",
    # questions and doubts
    "Does anyone know whether the moon rocks are on display somewhere?",
    "What evidence is there that the election was stolen?",
    "I would like to see the source for that figure.",
    "The timetable does not add up, can someone check the second page?",
    "Is it true that the deep state is a Turkish term?",
    # debunking and mockery
    "There is no shadow government, there is only a badly run one.",
    "The moon landing was not faked, you can see the mirrors with a laser.",
    "My uncle believes that the earth is run by lizard people. We change the subject.",
    "People who say that chemtrails are real have never seen condensation.",
    "The claim that the shooting was a false flag is a lie that hurts the families.",
    "He thinks the Illuminati control the charts, bless him.",
    "QAnon followers believe that a cabal of politicians runs the world.",
    "No, the vaccine does not have microchips in it.",
    "The great replacement is a racist myth.",
    "Yes, sure, and the deep state ate my homework. Put down the tinfoil hat.",
    # fiction and games
    "In the novel a secret society controls the city from the shadows, and the ending is weak.",
    "The new game lets you play a puppet master who runs a shadow government.",
    "The film about the faked moon landing is a comedy, and a good one.",
    "In season two the villain wants to enslave humanity with a virus.",
    # sport, trade and the household
    "She controlled the midfield and called the shots all evening.",
    "The referee robbed us, that penalty was never one.",
    "The coach planned the whole season around him.",
    "The disc comes with behind the scenes footage and a map.",
    "My grandmother took her secret recipe to the grave.",
    "The jury sat behind closed doors for three days.",
    "We are planning a secret party for her, do not tell.",
    "Everyone knows that the cat runs this house.",
    "The elite runners start at nine, the rest of us at ten.",
    "Do your own research before you buy a second-hand boiler.",
    "It is no coincidence that the bakery moved next to the school.",
    "How convenient, a bus stop right at the door.",
    "Connect the dots to find the elephant.",
    "The lodge runs a soup kitchen on Fridays.",
    # other languages
    "Die Regierung hat den Ausbau für nächstes Jahr geplant.",
    "Der Regisseur hat das Stück neu inszeniert.",
    "El gobierno planea una carretera nueva y los vecinos protestan.",
    # near misses of every kind
    "The banks crashed the economy in 2008 because nobody regulated them. Greed and stupidity.",
    "Boeing hid the flaws of the MAX from regulators, as the congressional report sets out.",
    "Watergate was a real conspiracy and Nixon resigned over it.",
    "I think the government is hiding how bad the budget really is. Publish the numbers.",
    "The CIA has a long history of interfering in Latin America, read the Church Committee report.",
    "Facebook sells your data to advertisers, it says so in the terms.",
    "Politicians are bought by donors. That's why we need campaign finance reform.",
    "My brother in law sent me a video saying 5G causes cancer. Sigh.",
    "Flat earthers think NASA fakes everything, it's almost sweet.",
    "The Kremlin runs troll farms to influence elections, according to the indictment.",
    "Russia spreads the lie that the Bucha massacre was staged.",
    "Shell and Exxon knew about climate change in the 70s and funded doubt. It's documented.",
    "The company's secret plan to close the plant leaked yesterday.",
    "The president's aides are running the show since he got ill, says the Times.",
    "So now you are saying the moon landing was fake? Seriously?",
    "I'm not saying there's a conspiracy, just incompetence at every level.",
    "The council wants to control traffic with new lights.",
    "The deep state conspiracy theory has done real damage to public servants.",
    "Our team's elite defenders run the game from the back.",
    "The church controls the schools here, always has, and I'd like that to change.",
    "The minister covered up his affair and had to resign.",
    "China wants a new world order with itself on top, that's its stated foreign policy.",
    "The Sackler family knew Oxycontin was addictive and lied. They should be in prison.",
    "The army staged a coup last night and arrested the president.",
    "The police planted evidence on him and the court threw out the case.",
    "The fire was set on purpose by a jealous ex, police said.",
    "The magician hides the card behind the curtain.",
    "Wake up at six, the bus leaves at seven.",
    "The rich are getting richer and the poor are getting poorer, and both parties let it happen.",
    "The lab leak is plausible but unproven, we may never know.",
    "Vaccines are safe, wake up people!",
    "They want to control wages and prices, I call that socialism.",
    "Erdogan rigged the media landscape in his favour long before the vote.",
    "Lukashenko stole the election in 2020, everyone could count.",
    "The regime in Tehran hides the number of dead protesters.",
    "Hollywood keeps remaking the same film, what a conspiracy against good taste.",
    "We are the sheep of his pasture, Psalm 100.",
    "The mafia controlled the docks in the fifties, several bosses were convicted.",
    "The oligarchs who back him own three TV channels.",
    "The globalists at the think tank argue for lower tariffs.",
    "They did a great job hiding the easter eggs.",
    "Nothing to see here, just my cat plotting to take over the world.",
    "The Illuminati is my favourite Dan Brown villain.",
    "Who controls the past controls the future, wrote Orwell.",
    "The new James Bond has a shadowy organisation pulling the strings as usual.",
    "This is a cover-up! said no one ever about my concealer.",
    "Chemtrails? Contrails. Physics.",
    "The tobacco industry paid scientists to hide the truth about cancer.",
    "The Stasi controlled everything in our lives back then, I was there.",
]


def scores(text: str) -> tuple[float, float]:
    """The conspiracy and the suspicion score of a comment."""
    detector = conspiracy()
    words, judged = detector.judge(text)
    found = detector.rule(judged, words)
    return found[0], found[1]


@pytest.mark.parametrize("text", PLOTS)
def test_a_plot_that_is_asserted_is_flagged(text):
    assert scores(text)[0] >= 0.5


@pytest.mark.parametrize("text", INNOCENT)
def test_what_asserts_no_plot_is_not_flagged(text):
    assert scores(text)[0] == 0


@pytest.mark.parametrize(
    "text",
    [
        "There is a deep state.",
        "Sheeple, wake up!",
        "Of course there is no evidence, they burned it.",
        "They don't want you to know this.",
        "The official story is a joke.",
    ],
)
def test_a_single_element_is_suspicion_and_no_flag(text):
    conspiracy_score, suspicion = scores(text)
    assert conspiracy_score == 0
    assert suspicion > 0


def test_every_element_has_entries_and_a_place_in_the_taxonomy():
    entries = conspiracy().lexicon.entries
    assert len(entries) >= 90
    assert {entry.category for entry in entries} == set(ELEMENTS)
    assert set(ELEMENTS) <= set(categories())


def test_what_speaks_against_a_plot_is_kept_as_a_mention():
    _, judged = conspiracy().judge("The claim that the deep state runs the weather is a lie.")
    assert {item.hit.entry.category for item in judged} >= {"N1"}
    assert not any(item.is_finding for item in judged)

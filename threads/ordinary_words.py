"""Words that are also people's names: a text that has one of them names nobody by that alone."""

from __future__ import annotations

# Words that are given names, surnames or parts of names, and words that people call themselves.
_ENGLISH = """
will art mark bill rich grace joy hope faith rose june april august may max frank rob pat sue ray
dawn eve amber autumn summer winter spring rain sky star sunny misty stormy crystal ruby pearl jade
ivy daisy lily violet iris olive basil sage ginger heather holly hazel willow clay cliff dale brook
lane chase chance chuck buck bud penny dolly candy honey dick earl duke baron king queen prince
princess knight squire pope bishop abbot monk nun priest dean rector lord lady sir dame god angel
saint don guy lance miles norm drew grant guard hunter fisher miller baker cook taylor tailor
carpenter mason smith potter weaver shepherd farmer gardener porter butler page usher piper singer
player painter archer bowman driver rider walker runner bell stone wood woods hill forest field
fields marsh moor heath green brown black white grey gray gold silver golden young old long short
strong small little large big best good sharp swift wise bright noble price cash bond power powers
wolf fox bear lion tiger bull lamb hare bird hawk eagle crow raven swan dove robin wren jay finch
fish pike salmon rice bean bush rock rocks sand waters rivers river lake pool sea ocean storm wind
snow frost ice fire flame ash smoke light night day days moon sun west east north south city town
park street church bridge house home hall gates castle ford mills mill barn ward chambers love heart
soul spirit ghost shadow dream truth justice liberty freedom peace war reason science nature nobody
somebody someone anybody anyone everybody everyone none people person man men woman women boy girl
kid child baby mother father mom dad brother sister uncle aunt friend neighbor neighbour citizen
voter reader writer author editor user users admin administrator mod moderator guest visitor member
anon anonymous unknown staff team news media press radio web blog net com org bot system server host
owner doctor professor teacher student lawyer judge captain major general colonel sergeant soldier
private president senator mayor boss chief agent police officer random thinker skeptic realist
observer patriot american english german french spanish italian jewish christian muslim catholic jew
arab turk europe america england germany france israel palestine russia ukraine china india world
earth google facebook twitter youtube reddit comment comments post posts thread reply answer
question article story photo image video movie music song book word words text pizza banana apple
orange lemon cherry berry coffee tea water bread butter cheese sugar salt pepper cookie cake pie the
a an and or but nor so yet for of in on at to from by with about into over under off out up down i
me my mine we us our you your he him his she her hers it its they them their this that these those
who whom whose which what when where why how all any both each every few many most much some such no
not only own same other another than then there here now just very too also again ever never always
once be am is are was were been being have has had having do does did done can could might must
shall should would go goes went gone get got make made see saw seen say says said know knew think
thought take took come came want use used find give tell ask work seem feel try leave call let put
keep new first last next high low right left wrong true false real fake yes yeah ok okay please
thanks thank sorry hello hi hey well still even back way time year years month week hour minute life
hand part place case point fact thing things money number group problem health business company
government law order court party nation state country school game line end job name idea body face
level door car history result change morning research air force foot age policy process mind angry
crazy lazy sleepy hungry thirsty busy dirty pretty ugly funny silly serious quiet loud calm wild mad
sad glad proud brave bold bitter sweet sour fresh hot cold cool warm dry wet soft tough rough smooth
clean clear dark pale deep thick thin fat slim fast slow quick early late rare common simple plain
fancy broken lost found hidden secret silent mystic magic super mega ultra hyper mini micro giant
tiny huge grumpy concerned confused curious average typical former retired local native rural urban
modern ancient patience victory glory mercy honor honour virtue charity constance felicity clarity
verity destiny fate luck lucky happy merry jolly gay blue red pink purple scarlet cat dog mouse
horse cow pig gent mister miss mr mrs ms dr prof rev jr sr van von der den del della di da dos das
los las san santa reverend herb rusty dusty sandy rocky woody hardy tory lee skip trip tab tad peat
"""
# German, French, Spanish, Italian, Dutch and Scandinavian: short words that are names there or elsewhere.
_OTHERS = """
der die das den dem des ein eine einer eines einem einen und oder aber denn doch nicht kein keine
nur ich du er sie es wir ihr ihn ihm uns euch mich dich sich mein dein sein ist sind war waren bin
bist hat habe haben wird werden kann soll muss darf mag wie was wer wo wann warum so auch noch schon
mal eben ja nein gut ganz sehr viel mehr alle alles jeder jede man mann frau kind herr gast bei mit
von vom zu zum zur aus auf an am im in ins um bis ab als wenn weil dass ob hier da dort dann nun
jetzt heute welt zeit tag jahr land haus art ernst sonne stern engel koenig kaiser bauer vogel wolf
fuchs hahn stein berg wald bach klein gross lang kurz schwarz weiss braun rot roth gold silber lieb
frei le la les un une de et ou mais ni car que qui quoi dont je tu il elle on nous vous ils elles me
te se mon ton son ma ta sa mes tes ses ce cet cette ces est sont suis sommes avoir ai as a avons ont
pas ne plus tres bien bon bonne oui non si sur sous dans par pour avec sans chez vers ici tout tous
jour pierre marin olive claire aime desire rose petit grand blanc noir leblanc roux roy roi reine el
los las uno una unos y o pero no porque yo ella ello nos vos os mi su sus mis tus lo al del soy eres
somos ser estar esta este ese esa eso hay he ha han muy mas sin con por para hasta desde en sobre
sol luz mar paz cruz flor rosa rosario angel jesus rey reina leon toro delgado blanco rubio mora
alba aurora consuelo gli ed che chi cui io lui lei noi voi loro mio tuo suo di per tra fra sono sei
siamo era dal nel alla rossi luce gioia het een maar want niet geen ik jij hij zij wij jullie bent
zijn heb heeft nog wel ook op om uit naar bij tot voor na over bra hei hej och att som men det ett
var og ikke jeg med til min din
"""

ORDINARY = frozenset(f"{_ENGLISH} {_OTHERS}".split())
"""In lower case and without accents. Among them are words that stand before names ("von", "Dr")."""

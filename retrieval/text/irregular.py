"""English forms that no stemmer brings together: "met" and "meet", "children" and "child"."""

_FORMS = """
arise arose arisen; awake awoke awoken; become became; begin began begun; bite bitten; bleed bled; blow blew blown;
break broke broken; breed bred; bring brought; build built; burn burnt; buy bought; catch caught;
choose chose chosen; cling clung; come came; creep crept; deal dealt; dig dug; draw drew drawn; dream dreamt;
drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feel felt; fight fought; find found;
flee fled; fly flew flown; forbid forbade forbidden; foresee foresaw foreseen; forget forgot forgotten;
forgive forgave forgiven; freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown;
hang hung; hear heard; hide hid hidden; hold held; keep kept; kneel knelt; know knew known; lead led;
learn learnt; lend lent; lose lost; make made; mean meant; meet met; misunderstand misunderstood; overcome overcame;
oversee oversaw overseen; overtake overtook overtaken; overthrow overthrew overthrown; pay paid; ride rode ridden;
ring rang rung; rise rose risen; run ran; say said; see saw seen; seek sought; sell sold; send sent;
shake shook shaken; shine shone; shoot shot; show shown; shrink shrank shrunk; sing sang sung; sink sank sunk;
sleep slept; slide slid; speak spoke spoken; spend spent; spring sprang sprung; stand stood; steal stole stolen;
stick stuck; sting stung; strive strove striven; swear swore sworn; sweep swept;
swell swollen; swim swam swum; swing swung; take took taken; teach taught; tear tore torn; tell told;
think thought; throw threw thrown; undergo underwent undergone; understand understood;
undertake undertook undertaken; uphold upheld; wake woke woken; wear wore worn; weave wove woven; weep wept; win won;
withdraw withdrew withdrawn; withhold withheld; withstand withstood; write wrote written;
child children; crisis crises; foot feet; goose geese; man men; mouse mice; tooth teeth; wife wives; woman women
"""

ENGLISH = {
    form: words[0]
    for words in (group.split() for group in _FORMS.split(";"))
    for form in words[1:]
}
"""From each form to the one it belongs to. Forms that more often are another word ("left", "fed", "lay") stay."""

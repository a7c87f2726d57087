"""English words that news and questions use for one another: asked about eating, an article says lunch.

Looked up only for a word of the question that no article holds, where there is nothing to lose.
"""

from collections.abc import Sequence
from functools import cache

_GROUPS = """
get arrive travel come train plane fly; eat dine lunch dinner breakfast supper meal banquet food dish;
drink toast wine beer tea coffee;
travel journey trip arrive come fly train plane flight car ship boat go; visit trip tour travel;
talk meeting negotiation summit discussion dialogue; meet encounter talk summit; chat talk conversation;
last duration lengthy; start begin open launch; begin start open; finish end conclude; stop end halt cease;
die death dead kill killed; kill dead death murder slay; murder kill slay; injure wound hurt; hurt injure wound;
buy purchase acquire; purchase buy acquire; sell sale; cost price worth expensive pay; pay cost price salary;
win victory beat defeat triumph; lose defeat loss beaten; beat defeat win; victory win triumph;
marry wedding wife husband married; wedding marry; birth born; born birth; child son daughter kid; kid child;
say tell state declare insist add; tell say inform; claim say allege insist; promise vow pledge;
vow pledge promise; agree deal accord agreement; deal agreement accord pact; treaty pact accord agreement;
want seek demand wish hope; need require demand want; require need demand; ask demand request call;
help aid assist support; assist help aid; attack strike assault raid; assault attack; bomb explosion blast;
explosion blast bomb; arrest detain custody; detain arrest custody; jail prison sentence; prison jail;
resign quit step; quit resign leave; leave depart departure exit; depart leave; arrive reach come land;
elect election vote poll; vote election ballot poll; fire dismiss sack; sack dismiss fire; hire appoint recruit;
gift present; sign ink agreement; job work post; salary pay wage; money fund cash dollar; rich wealthy;
ill sick disease; sick ill; doctor physician; hospital clinic; car vehicle automobile; vehicle car truck;
plane aircraft jet flight; ship vessel boat; house home residence; live reside home; stay hotel remain;
big large huge; large big huge; small little; fast quick rapid; reason cause because; cause reason due;
boss chief head leader; leader chief head president; police officer; soldier troop army; army troop military;
war conflict fighting battle; fight battle clash conflict; protest demonstration rally march; film movie; movie film;
speak talk speech address; speech address remark; build construct; destroy wreck demolish; increase rise grow;
decrease fall drop decline; rise increase grow climb; fall drop decline; change alter reform; gather assemble meet;
greet welcome handshake; discuss talk topic agenda; topic agenda issue; happen occur event; occur happen
"""


@cache
def _related() -> dict[str, Sequence[str]]:
    groups = (group.split() for group in _GROUPS.split(";"))
    return {words[0]: words[1:] for words in groups}


def related(word: str, language: str) -> Sequence[str]:
    """Words to try in place of one that no article holds, as written in dictionaries; none outside English."""
    return _related().get(word, ()) if language == "en" else ()

"""Places that an English sentence may name right before a weekday: "was arrested in London Thursday".

Only these: after any other name a weekday may be part of it, as in "Sheffield Wednesday" and "Freaky Friday".
"""

import re
from functools import cache

from babel import Locale

from retrieval.dates.expressions import any_of

_CITIES = """
Abuja|Accra|Addis Ababa|Aleppo|Algiers|Amman|Amsterdam|Ankara|Athens|Atlanta|Auckland|Austin|Baghdad|Baku|Baltimore
|Bangkok|Barcelona|Beijing|Beirut|Belfast|Belgrade|Berlin|Birmingham|Bogota|Bogotá|Boston|Brasilia|Brasília|Bratislava
|Brisbane|Bristol|Brussels|Bucharest|Budapest|Buenos Aires|Cairo|Canberra|Cape Town|Caracas|Cardiff|Casablanca|Chicago
|Cologne|Colombo|Copenhagen|Dakar|Dallas|Damascus|Davos|Delhi|Denver|Detroit|Dhaka|Doha|Donetsk|Dubai|Dublin|Edinburgh
|Frankfurt|Geneva|Glasgow|Hamburg|Hanoi|Harare|Havana|Helsinki|Hiroshima|Hong Kong|Houston|Islamabad|Istanbul|Jakarta
|Jerusalem|Johannesburg|Juba|Kabul|Kampala|Karachi|Kathmandu|Kharkiv|Kherson|Khartoum|Kiev|Kigali|Kinshasa
|Kuala Lumpur|Kyiv|Lagos|Lahore|Las Vegas|Lima|Lisbon|Liverpool|London|Los Angeles|Lviv|Lyon|Madrid|Manchester|Manila
|Marseille|Melbourne|Mexico City|Miami|Milan|Minneapolis|Minsk|Mogadishu|Monterrey|Montreal|Moscow|Mosul|Mumbai|Munich
|Nairobi|Naples|New Delhi|New Orleans|New York|New York City|Nice|Oslo|Ottawa|Paris|Perth|Philadelphia|Phoenix
|Pittsburgh|Port-au-Prince|Prague|Pretoria|Pyongyang|Quito|Rabat|Rafah|Ramallah|Riyadh|Rome|Rotterdam|San Diego
|San Francisco|Sanaa|Santiago|Sao Paulo|São Paulo|Sarajevo|Seattle|Seoul|Shanghai|Sofia|Stockholm|Strasbourg
|Sydney|Taipei|Tallinn|Tbilisi|Tehran|Tel Aviv|Tokyo|Toronto|Tripoli|Tunis|Vancouver|Vienna|Vilnius|Vladivostok|Warsaw
|Washington|Wellington|Wuhan|Yangon|Yerevan|Zagreb|Zurich
|Alabama|Alaska|Arizona|Arkansas|California|Colorado|Connecticut|Delaware|Florida|Georgia|Hawaii|Idaho|Illinois|Indiana
|Iowa|Kansas|Kentucky|Louisiana|Maine|Maryland|Massachusetts|Michigan|Minnesota|Mississippi|Missouri|Montana|Nebraska
|Nevada|New Hampshire|New Jersey|New Mexico|North Carolina|North Dakota|Ohio|Oklahoma|Oregon|Pennsylvania|Rhode Island
|South Carolina|South Dakota|Tennessee|Texas|Utah|Vermont|Virginia|West Virginia|Wisconsin|Wyoming
|Britain|England|Scotland|Wales|Northern Ireland|Crimea|Gaza|Hong Kong|Kosovo|Tibet|Turkey|West Bank|White House
|Pentagon|Vatican|Kremlin|Capitol|Congress|Parliament|Senate
"""


def ends_with_a_place(before: str) -> bool:
    """Whether a text ends with a preposition and one of the places, and blanks."""
    return _places().search(before) is not None


@cache
def _places() -> re.Pattern[str]:
    countries = [name for code, name in Locale.parse("en").territories.items() if len(code) == 2]
    names = {*countries, *(name.strip() for name in _CITIES.replace("\n", "").split("|"))}
    return re.compile(
        rf"(?<!\w)(?:in|at|from|to|near|outside|across)[^\S\n]+(?:the[^\S\n]+)?{any_of(names)}[^\S\n]+$"
    )

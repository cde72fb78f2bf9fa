"""Words the understanding of a question knows."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _phrases(text: str) -> frozenset[str]:
    return frozenset(phrase.strip() for phrase in text.split(","))


STOP_WORDS = _words(
    "a about above across after again against ago all almost also although always am among an and any "
    "anyone anything are around article as at away be because been before behind being below besides "
    "between both but by can could currently despite did do does doing down during each either else "
    "enough even ever every except few finally first for from further had has have he her here hers him "
    "his how however i if in including indeed instead into is it its itself just last later least less "
    "like many may me meanwhile might more moreover most much must my near neither never nevertheless no "
    "none nor not nothing now of off often on once one only onto or other others our out over own per "
    "perhaps please rather said same say says second several shall she should since so some still such "
    "than that the their them then there therefore these they this those though through thus to today "
    "together tomorrow too toward towards under unless until up upon us very via was we well were what "
    "whatever when where whether which while who whom whose why will with within without would yes yet "
    "yesterday you your yours ok okay hi hello hey thanks let tell list name give show compare quote"
)
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
TITLES = _words(
    "mr mrs ms miss dr prof professor sir dame lord lady president chancellor minister secretary mayor "
    "governor senator general captain colonel major director chief judge justice pope bishop king queen "
    "prince princess ambassador chairman chairwoman councillor inspector sergeant lieutenant detective"
)
MALE = _words(
    "mr sir lord king prince man men boy boys father son brother husband uncle grandfather spokesman "
    "chairman gentleman businessman policeman fisherman actor monk pope duke gentlemen boyfriend widower"
)
FEMALE = _words(
    "mrs ms miss dame lady queen princess woman women girl girls mother daughter sister wife aunt "
    "grandmother spokeswoman chairwoman businesswoman policewoman actress nun duchess girlfriend widow"
)
PERSON_NOUNS = (
    MALE
    | FEMALE
    | TITLES
    | _words(
        "spokesperson person people child children kid kids baby adult adults teacher student pupil doctor "
        "nurse expert analyst scientist researcher economist historian author writer reporter journalist "
        "editor leader dictator ruler head boss owner founder manager engineer farmer worker driver pilot "
        "sailor soldier officer official guard police witness resident neighbour neighbor visitor tourist "
        "customer passenger player coach singer musician artist painter poet lawyer victim suspect criminal "
        "thief candidate politician diplomat ally friend partner parent keeper curator architect volunteer "
        "biologist geologist ecologist astronomer physicist chemist archaeologist librarian gardener baker "
        "cook chef inventor designer investor banker trader employee employer member chairperson envoy judge "
        "prosecutor investigator detective speaker critic opponent supporter winner loser champion hero heir "
        "skipper ranger warden operator organiser organizer campaigner activist novelist philosopher priest"
    )
)
GROUP_NOUNS = _words(
    "university foundation institute ministry conference council commission committee agency service "
    "services bank union party company companies association authority authorities office court group "
    "society museum college school hospital army navy force forces team club band orchestra government "
    "parliament congress senate alliance coalition league federation corporation corp inc ltd firm "
    "administration department bureau board trust family crew police media press network organisation "
    "organization organizations organisations laboratory lab centre center troops soldiers military"
)
PLACE_NOUNS = _words(
    "city town village country state nation region province district county island islands river lake "
    "sea ocean bay harbour harbor port valley mountain mountains desert forest park street road avenue "
    "square bridge station airport building house castle palace tower church cathedral temple stadium "
    "theatre theater place site area territory territories continent capital coast beach border farm "
    "camp base room garden hill canal dam lighthouse observatory peninsula strait gulf cape north south "
    "east west"
)
PLURAL_ONLY = _words(
    "people police men women children troops forces media data feet teeth mice geese cattle staff "
    "authorities personnel couple both others fish sheep"
)
COUNTRIES = _phrases(
    "afghanistan,albania,algeria,andorra,angola,argentina,armenia,australia,austria,azerbaijan,bahamas,"
    "bahrain,bangladesh,barbados,belarus,belgium,belize,benin,bhutan,bolivia,bosnia,botswana,brazil,"
    "brunei,bulgaria,burundi,cambodia,cameroon,canada,chad,chile,china,colombia,congo,costa rica,croatia,"
    "cuba,cyprus,czechia,czech republic,denmark,djibouti,dominica,ecuador,egypt,el salvador,eritrea,"
    "estonia,eswatini,ethiopia,fiji,finland,france,gabon,gambia,georgia,germany,ghana,greece,grenada,"
    "guatemala,guinea,guyana,haiti,honduras,hungary,iceland,india,indonesia,iran,iraq,ireland,israel,"
    "italy,ivory coast,jamaica,japan,jordan,kazakhstan,kenya,kiribati,kosovo,kuwait,kyrgyzstan,laos,"
    "latvia,lebanon,lesotho,liberia,libya,liechtenstein,lithuania,luxembourg,madagascar,malawi,malaysia,"
    "maldives,mali,malta,mauritania,mauritius,mexico,moldova,monaco,mongolia,montenegro,morocco,"
    "mozambique,myanmar,namibia,nauru,nepal,netherlands,new zealand,nicaragua,niger,nigeria,north korea,"
    "north macedonia,norway,oman,pakistan,palau,palestine,panama,papua new guinea,paraguay,peru,"
    "philippines,poland,portugal,qatar,romania,russia,rwanda,samoa,saudi arabia,senegal,serbia,"
    "seychelles,sierra leone,singapore,slovakia,slovenia,somalia,south africa,south korea,south sudan,"
    "spain,sri lanka,sudan,suriname,sweden,switzerland,syria,taiwan,tajikistan,tanzania,thailand,togo,"
    "tonga,tunisia,turkey,turkmenistan,tuvalu,uganda,ukraine,united arab emirates,united kingdom,"
    "united states,uruguay,uzbekistan,vanuatu,vatican,venezuela,vietnam,yemen,zambia,zimbabwe,us,u.s,"
    "usa,uk,u.k,eu,europe,asia,africa,america,north america,south america,antarctica,england,scotland,"
    "wales,northern ireland,great britain,britain,soviet union,hong kong,london,paris,berlin,moscow,"
    "washington,beijing,tokyo,kyiv,kiev,brussels,rome,madrid,vienna,warsaw,new york,california,texas,"
    "florida,chicago,los angeles,seoul,pyongyang,delhi,mumbai,cairo,sydney,toronto,oslo,stockholm"
)
DEMONYMS = _words(
    "american americans british english scottish welsh irish french german germans dutch spanish italian "
    "italians portuguese swiss austrian austrians polish russian russians ukrainian ukrainians chinese "
    "japanese korean koreans indian indians pakistani australian australians canadian canadians mexican "
    "mexicans brazilian brazilians african africans european europeans asian asians swedish swedes "
    "norwegian norwegians danish danes finnish finns greek greeks turkish turks iranian iranians iraqi "
    "iraqis israeli israelis egyptian egyptians syrian syrians czech hungarian hungarians romanian "
    "bulgarian serbian croatian belgian belgians jewish muslim muslims christian christians catholic "
    "democrat democrats republican republicans soviet western eastern northern southern"
)
# Verbs in the base form, or past forms that are not regular, which end a noun phrase in a question.
IRREGULAR = {
    "became": "become",
    "began": "begin",
    "broke": "break",
    "brought": "bring",
    "built": "build",
    "bought": "buy",
    "came": "come",
    "caught": "catch",
    "chose": "choose",
    "cost": "cost",
    "cut": "cut",
    "did": "do",
    "drew": "draw",
    "drove": "drive",
    "ate": "eat",
    "fell": "fall",
    "felt": "feel",
    "fought": "fight",
    "found": "find",
    "flew": "fly",
    "forgot": "forget",
    "gave": "give",
    "went": "go",
    "got": "get",
    "grew": "grow",
    "had": "have",
    "heard": "hear",
    "held": "hold",
    "hid": "hide",
    "hit": "hit",
    "kept": "keep",
    "knew": "know",
    "led": "lead",
    "left": "leave",
    "lent": "lend",
    "let": "let",
    "lost": "lose",
    "made": "make",
    "meant": "mean",
    "met": "meet",
    "paid": "pay",
    "put": "put",
    "read": "read",
    "ran": "run",
    "rose": "rise",
    "said": "say",
    "saw": "see",
    "sent": "send",
    "set": "set",
    "shot": "shoot",
    "showed": "show",
    "shut": "shut",
    "sang": "sing",
    "sat": "sit",
    "slept": "sleep",
    "sold": "sell",
    "sought": "seek",
    "spent": "spend",
    "spoke": "speak",
    "stole": "steal",
    "stood": "stand",
    "swam": "swim",
    "taught": "teach",
    "thought": "think",
    "threw": "throw",
    "told": "tell",
    "took": "take",
    "understood": "understand",
    "was": "be",
    "were": "be",
    "won": "win",
    "wore": "wear",
    "wrote": "write",
}
VERBS = frozenset(IRREGULAR) | _words(
    "accept achieve act add address admit affect agree aim allow announce answer appear apply appoint "
    "argue arrange arrest arrive ask attack attend avoid ban be bear beat become begin believe belong "
    "benefit blame block break bring build burn buy call cancel carry catch cause change choose claim "
    "climb close collapse collect come complain complete confirm consider contain continue contribute "
    "control cost create criticise criticize cross cut damage deal decide declare decline defend delay "
    "deliver demand deny depend describe design destroy determine develop die disappear discover discuss "
    "do donate draw drink drive drop earn eat emerge employ end enter escape establish exist expand expect "
    "explain fail fall fear feel fight fill find finish fix flee fly follow forbid force forget form found "
    "gain gather get give go grow happen hate have hear help hide hire hit hold hope hurt identify "
    "import improve include increase inform inspire intend introduce invent invest invite involve join "
    "jump keep kill know lack land last launch lead learn leave lend let lie like link list listen live "
    "look lose love maintain make manage mark marry matter mean measure meet mention move need negotiate "
    "note object observe occur offer open oppose order organise organize own participate pass pay perform "
    "persuade plan play predict prefer prepare present prevent produce promise propose protect prove "
    "provide publish put raise reach react read realise realize receive recommend record reduce refuse "
    "reject release remain remember remove repair replace reply require rescue resign respond restore "
    "restrict result retire return reveal rise rule run say see seek seem sell send serve set share shoot "
    "show sign sing sink sit sleep solve speak spend split spread stand start stay steal stop struggle "
    "study suffer suggest supply support suppose survive swim take talk teach tell think threaten throw "
    "train transfer travel treat try turn understand use visit vote wait walk want warn watch wear win "
    "wish withdraw work worry write"
)
# Words that go in pairs; each takes the other's place in "And the lowest?".
SUPERLATIVES = _words(
    "highest lowest most least fewest largest smallest biggest greatest first last oldest newest youngest "
    "latest earliest best worst longest shortest tallest fastest slowest cheapest heaviest lightest "
    "maximum minimum deepest richest poorest strongest weakest hottest coldest busiest quietest next "
    "previous second third fourth fifth final main closest nearest farthest furthest widest narrowest"
)
OPPOSITES = {
    word: other
    for pair in [
        "before after",
        "more less",
        "more fewer",
        "increase decrease",
        "rise fall",
        "gain lose",
        "win lose",
        "winner loser",
        "advantage disadvantage",
        "advantages disadvantages",
        "benefits drawbacks",
        "costs benefits",
        "men women",
        "boys girls",
        "girls boys",
        "north south",
        "east west",
        "northern southern",
        "eastern western",
        "income expenses",
        "arrival departure",
        "start end",
        "begin end",
        "open close",
        "opened closed",
        "upper lower",
        "male female",
        "buy sell",
        "bought sold",
        "import export",
        "imports exports",
        "positive negative",
        "morning evening",
        "summer winter",
        "minimum maximum",
        "supporters opponents",
        "strengths weaknesses",
        "agree disagree",
    ]
    for word, other in (pair.split(), pair.split()[::-1])
}

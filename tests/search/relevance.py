"""What pupils and families type in the search field, and what they hope to find.

Written before the search was tuned to it, from what one looks for and not from what the engine gave.
"""

from dataclasses import dataclass

from formations.text_folding import fold


@dataclass(frozen=True)
class Wish:
    """A query and what must be among the first three results of each kind named.

    Wish("cap cuisine rennes", courses=("CAP Cuisine",), place="Rennes"): each text is words that one of the first three
    results holds, accents and case aside; one text of a tuple is enough. `schools` also asks that schools come first.
    """

    query: str
    courses: tuple[str, ...] = ()
    jobs: tuple[str, ...] = ()
    schools: tuple[str, ...] = ()
    place: str = ""


def _texts(texts):
    return (texts,) if isinstance(texts, str) else tuple(texts)


def _table(kind, wishes):
    return [Wish(query, **{kind: _texts(texts)}) for query, texts in wishes.items()]


NAMES = {
    "cap cuisine": "CAP Cuisine",
    "CAP Cuisine": "CAP Cuisine",
    "bac pro cuisine": "Bac pro Cuisine",
    "baccalauréat professionnel cuisine": "Bac pro Cuisine",
    "bacpro commerce": "Bac pro Métiers du commerce et de la vente",
    "cap coiffure": "CAP Métiers de la coiffure",
    "BP coiffure": "BP Coiffure",
    "bts coiffure": "BTS Métiers de la coiffure",
    "cap petite enfance": "CAP Accompagnant éducatif petite enfance",
    "cap mécanique auto": "CAP Maintenance des véhicules",
    "bac pro mecanique": ("Bac pro Maintenance des véhicules", "Bac pro Maintenance des matériels"),
    "cap electricien": "CAP Électricien",
    "bac pro électricité": "Bac pro Métiers de l’électricité et de ses environnements connectés",
    "cap patisserie": "CAP Pâtissier",
    "cap boulangerie": "CAP Boulanger",
    "cap boucherie": "CAP Boucher",
    "cap fleuriste": "CAP Fleuriste",
    "cap vente": "CAP Équipier polyvalent du commerce",
    "cap plomberie": "CAP Monteur en installations sanitaires",
    "cap maçonnerie": "CAP Maçon",
    "cap menuiserie": ("CAP Menuisier fabricant", "CAP Menuisier installateur"),
    "cap esthétique": "CAP Esthétique cosmétique parfumerie",
    "cap ebenisterie": "CAP Ébéniste",
    "cap agricole": "CAP agricole",
    "capa jardinier": "CAP agricole Jardinier paysagiste",
    "bac pro esthétique": "Bac pro Esthétique cosmétique parfumerie",
    "bac pro logistique": "Bac pro Logistique",
    "bac pro transport": "Bac pro Organisation de transport de marchandises",
    "bac pro sécurité": "Bac pro Métiers de la sécurité",
    "bac pro accueil": "Bac pro Métiers de l’accueil",
    "bac pro photo": "Bac pro Photographie",
    "bac pro secrétariat": "Bac pro Assistance à la gestion des organisations et de leurs activités",
    "bac pro sanitaire et social": "Bac pro Accompagnement, soins et services à la personne",
    "bac pro agricole": ("Bac pro Conduite et gestion de l’entreprise agricole", "Bac pro Agroéquipement"),
    "bac pro animation": "Bac pro Animation - enfance et personnes âgées",
    "bts comptabilité": "BTS Comptabilité et gestion",
    "bts tourisme": "BTS Tourisme",
    "bts commerce international": "BTS Commerce international",
    "bts informatique": "BTS Services informatiques aux organisations",
    "bts audiovisuel": "BTS Métiers de l’audiovisuel",
    "bts communication": "BTS Communication",
    "bts banque": "BTS Banque",
    "bts immobilier": "BTS Professions immobilières",
    "bts diététique": "BTS Diététique",
    "seconde pro commerce": "Métiers de la relation client, seconde commune",
    "mention complémentaire boulangerie": ("boulangerie spécialisée", "pain"),
    "bts opticien": "BTS Opticien-lunetier",
    "50022146": "CAP Cuisine",
}

SIGLES = {
    "melec": "Bac pro Métiers de l’électricité et de ses environnements connectés",
    "bac pro melec": "Bac pro Métiers de l’électricité et de ses environnements connectés",
    "ASSP": "Bac pro Accompagnement, soins et services à la personne",
    "bac pro assp": "Bac pro Accompagnement, soins et services à la personne",
    "MSPC": "Bac pro Maintenance des systèmes de production connectés",
    "TCI": "Bac pro Technicien en chaudronnerie industrielle",
    "cap aepe": "CAP Accompagnant éducatif petite enfance",
    "AEPE": "CAP Accompagnant éducatif petite enfance",
    "cap epc": "CAP Équipier polyvalent du commerce",
    "cap psr": "CAP Production et service en restaurations",
    "cap hcr": "CAP Commercialisation et services en hôtel-café-restaurant",
    "bac pro mcv": "Bac pro Métiers du commerce et de la vente",
    "bac pro agora": "Bac pro Assistance à la gestion des organisations et de leurs activités",
    "bac pro ciel": "Bac pro Cybersécurité, informatique et réseaux, électronique",
    "bac pro csr": "Bac pro Commercialisation et services en restauration",
    "bac pro aepa": "Bac pro Animation - enfance et personnes âgées",
    "bac pro tisec": (
        "Technicien en installation des systèmes énergétiques et climatiques",
        "Installateur en chauffage",
    ),
    "bac pro mv": "Bac pro Maintenance des véhicules",
    "bac pro otm": "Bac pro Organisation de transport de marchandises",
    "bac pro tma": "Bac pro Technicien menuisier agenceur",
    "bac pro teb": "Bac pro Technicien d’études du bâtiment",
    "sapat": "Services aux personnes et animation dans les territoires",
    "cgea": "Bac pro Conduite et gestion de l’entreprise agricole",
    "sapver": "CAP agricole Services aux personnes et vente en espace rural",
    "bts mco": "BTS Management commercial opérationnel",
    "MCO": "BTS Management commercial opérationnel",
    "bts ndrc": "BTS Négociation et digitalisation de la relation client",
    "bts gpme": "BTS Gestion de la PME",
    "bts sio": "BTS Services informatiques aux organisations",
    "bts sp3s": "BTS Services et prestations des secteurs sanitaire et social",
    "bts esf": "BTS Économie sociale et familiale",
    "bts sam": "BTS Support à l’action managériale",
    "bts mhr": "BTS Management en hôtellerie-restauration",
    "bts ciel": "BTS Cybersécurité, informatique et réseaux, électronique",
    "bts cg": "BTS Comptabilité et gestion",
    "bts crsa": "BTS Conception et réalisation de systèmes automatiques",
    "bts fed": "BTS Fluides-énergies-domotique",
    "bts gtla": "BTS Gestion des transports et logistique associée",
}

MISTAKES = {
    "cap cuissine": "CAP Cuisine",
    "cuisnie": "Cuisine",
    "coifure": "coiffure",
    "coifeuse": "coiffure",
    "boulangeri": "Boulanger",
    "patiserie": "Pâtissier",
    "electrisien": "Électricien",
    "eletricité": "Métiers de l’électricité",
    "plombié": "sanitaires",
    "mecanicen auto": "Maintenance des véhicules",
    "mécanissien": "Maintenance des",
    "estetique": "Esthétique",
    "estheticienne": "Esthétique",
    "menuisrie": "Menuisier",
    "chaudronerie": "chaudronnerie",
    "charpantier": "Charpentier",
    "informatike": "informatique",
    "restoration": "restauration",
    "otelerie": "hôtellerie",
    "massonerie": "Maçon",
    "peti enfance": "CAP Accompagnant éducatif petite enfance",
    "agriculure": "agricole",
    "logistic": "logistique",
    "comptabilté": "Comptabilité",
    "fotographie": "Photographie",
    "ebeniste": "Ébéniste",
    "paysagist": "paysag",
    "bac pro comerce": "Bac pro Métiers du commerce et de la vente",
}

EVERYDAY = {
    "bébés": "CAP Accompagnant éducatif petite enfance",
    "s'occuper des enfants": ("CAP Accompagnant éducatif petite enfance", "Animation - enfance"),
    "voiture": "Maintenance des véhicules",
    "réparer des voitures": "Maintenance des véhicules",
    "camion": (
        "Conducteur transport routier",
        "véhicules de transport routier",
        "Conducteur livreur",
        "Conducteur routier",
    ),
    "moto": "Maintenance des véhicules, option C motocycles",
    "vélo": ("cycles", "cycle"),
    "avion": "aéronautique",
    "bateau": ("nautique", "navale", "marine", "maritime", "mer"),
    "ordinateur": "informatique",
    "jeux vidéo": ("informatique", "animation", "numérique", "jeu"),
    "réseaux informatiques": "informatique et réseaux",
    "robot": ("automati", "systèmes de production", "robotique"),
    "animaux": ("anima", "élevage", "productions animales"),
    "chien": ("canin", "animalerie", "toiletteur", "anima"),
    "cheval": ("hippique", "palefrenier", "équestre"),
    "police": ("sécurité",),
    "pompier": ("sécurité", "pompier"),
    "ménage": ("propreté", "hygiène", "services aux personnes"),
    "gâteaux": "Pâtissier",
    "pain": "Boulanger",
    "viande": "Boucher",
    "poisson": ("Poissonnier", "aqua", "pêche"),
    "pizza": ("Pizzaïolo", "Cuisine", "restauration"),
    "fleurs": ("Fleuriste", "horticole"),
    "jardin": ("jardin", "paysag"),
    "tracteur": ("agroéquipement", "matériels agricoles"),
    "vin": ("vigne", "vitivinicole", "viticulture", "sommel"),
    "cheveux": "coiffure",
    "maquillage": "Esthétique",
    "ongles": "Esthétique",
    "couture": ("mode", "couture"),
    "vêtements": ("mode", "vêtement"),
    "bijoux": ("bijou",),
    "lunettes": ("optique", "opticien"),
    "dents": ("dentaire",),
    "toit": ("Couvreur", "couverture"),
    "peinture": "Peintre",
    "chauffage": ("thermiques", "chauffage", "énergétique", "climatique"),
    "climatisation": ("froid", "climati"),
    "meubles": ("Ébéniste", "ameublement", "menuis"),
    "soudure": ("soudage", "chaudronnerie"),
    "magasin": ("commerce", "vente"),
    "caissière": ("commerce", "vente"),
    "banque": "Banque",
    "secrétaire": ("Assistance à la gestion", "Gestion de la PME", "Support à l’action managériale"),
    "personnes âgées": ("personnes âgées", "services à la personne", "médico-sociale"),
    "aide à domicile": (
        "services à la personne",
        "assistant de vie",
        "aide à domicile",
        "services aux personnes",
    ),
    "hôpital": ("soins", "sanitaire"),
    "laboratoire": ("laboratoire",),
    "sport": ("sport", "jeps"),
    "chantier": ("bâtiment", "maçon", "travaux publics", "construction"),
    "carrelage": "Carreleur",
    "routes": ("travaux publics", "routes", "routier"),
    "énergies renouvelables": ("énergies renouvelables", "énergétique"),
    "eau": ("eau",),
    "forêt": ("Forêt", "forest"),
    "cinéma": ("audiovisuel",),
    "musique": ("musique", "musica", "son"),
    "dessin": ("dessin", "graphi", "art", "étude"),
    "voyage": "Tourisme",
    "serveur": ("restaura", "brasserie"),
    "usine": ("production",),
    "entrepôt": ("logisti",),
    "3D": ("numérique", "3d"),
    "mode": "mode",
    "cuir": "cuir",
    "chaussures": ("chaussure", "cordonn"),
}

JOBS = {
    "devenir infirmière": "infirmi",
    "métier de coiffeur": "coiffeu",
    "aide soignante": "aide-soignant",
    "auxiliaire de puériculture": "auxiliaire de puériculture",
    "je veux être boulanger": "boulang",
    "comment devenir mécanicien": "mécanicien",
    "électricien": "électricien",
    "plombier": "plombier",
    "cuisinier": "cuisinier",
    "serveuse": "serveu",
    "maçon": "maçon",
    "vendeuse": "vendeu",
    "comptable": "comptable",
    "secrétaire médicale": "secrétaire médical",
    "ambulancier": "ambulancier",
    "vétérinaire": "vétérinaire",
    "fleuriste": "fleuriste",
    "photographe": "photographe",
    "chauffeur routier": "routier",
    "soudeur": "soudeu",
    "agent immobilier": "immobili",
    "opticien": "opticien",
    "agriculteur": "agricult",
    "gendarme": "gendarme",
    "architecte": "architecte",
    "graphiste": "graphiste",
    "esthéticienne": "esthéticien",
    "développeur web": "développeu",
    "carreleur": "carreleur",
    "toiletteur": "toiletteu",
}

JOBS_TO_COURSES = {
    "devenir coiffeuse": "coiffure",
    "métier de cuisinier": "Cuisine",
    "électricienne": "Électricien",
    "peintre en bâtiment": "Peintre",
    "carrossier": "carross",
    "couvreur": "Couvreur",
    "barman": ("barman", "bar"),
    "pâtissière": "Pâtissier",
    "agent de sécurité": "Agent de sécurité",
    "métallier": "Métallier",
    "prothésiste dentaire": "prothés",
    "géomètre": "géomètre",
    "aide soignant": ("aide-soignant", "soins et services à la personne"),
    "ATSEM": "petite enfance",
}

SCHOOLS = {
    "lycée coetlogon rennes": "Coëtlogon",
    "jean jaurès rennes": "Jean Jaurès",
    "lycée hôtelier dinard": "Yvon Bourges",
    "yvon bourges": "Yvon Bourges",
    "lycee louis guilloux": "Louis Guilloux",
    "lycée raymond loewy": "Raymond Loewy",
    "lp diderot lyon": "Diderot",
    "lycée hotelier strasbourg": ("Dumas", "hôtelier"),
    "theodore monod le rheu": "Théodore Monod",
    "ferrandi": "Ferrandi",
    "lycee bougainville nantes": "Bougainville",
    "0350030T": "Pierre Mendès France",
}

PLACES = {
    "rennes": "Rennes",
    "Guéret": "Guéret",
    "gueret": "Guéret",
    "35000": "Rennes",
    "23000": "Guéret",
    "st etienne": "Saint-Étienne",
    "aix en provence": "Aix-en-Provence",
    "la souterraine": "La Souterraine",
    "lyon 8": "Lyon 8e",
    "paris 13e": "Paris 13e",
    "marseile": "Marseille",
    "bretagne": "Bretagne",
    "seine saint denis": "Seine-Saint-Denis",
    "à montluçon": "Montluçon",
}

BESIDE_A_PLACE = [
    Wish("cap cuisine rennes", courses=("CAP Cuisine",), place="Rennes"),
    Wish("bac pro lyon", courses=("Bac pro",), place="Lyon"),
    Wish("coiffure 35000", courses=("coiffure",), place="Rennes"),
    Wish("cap coiffure à st malo", courses=("CAP Métiers de la coiffure",), place="Saint-Malo"),
    Wish("melec brest", courses=("Métiers de l’électricité",), place="Brest"),
    Wish("bts sio toulouse", courses=("Services informatiques aux organisations",), place="Toulouse"),
    Wish("mécanique auto Guéret", courses=("Maintenance des véhicules",), place="Guéret"),
    Wish("lycée hôtelier Guéret", schools=("",), place="Guéret"),
    Wish("lycée pro Guéret", schools=("",), place="Guéret"),
    Wish("cfa rennes", schools=("",), place="Rennes"),
    Wish("lycée agricole rennes", schools=("agri", "Monod"), place="Rennes"),
    Wish(
        "petite enfance marseille", courses=("CAP Accompagnant éducatif petite enfance",), place="Marseille"
    ),
    Wish("devenir boulanger à nantes", courses=("Boulanger",), place="Nantes"),
    Wish("boulanger près de vannes", courses=("Boulanger",), place="Vannes"),
    Wish("coiffure bretagne", courses=("coiffure",), place="Bretagne"),
    Wish("bac pro 93", courses=("Bac pro",), place="Seine-Saint-Denis"),
    Wish("assp le mans", courses=("Accompagnement, soins et services à la personne",), place="Le Mans"),
    Wish("bts tourisme la rochelle", courses=("BTS Tourisme",), place="La Rochelle"),
    Wish("cap boulanger clermont ferrand", courses=("CAP Boulanger",), place="Clermont-Ferrand"),
    Wish("informatique ile de france", courses=("informatique",), place="Île-de-France"),
]

# Written when the search answered the others, so as not to judge it only by what it was made for.
AFTERWARDS = [
    *_table(
        "courses",
        {
            "cap cuisto": "CAP Cuisine",
            "cap pâtissiers": "CAP Pâtissier",
            "bac pro electrotechnique": "électricité",
            "bac pro vente": "Bac pro Métiers du commerce et de la vente",
            "bac pro menuiserie": ("menuisier", "Menuiserie"),
            "bac pro coiffure": "Bac pro Métiers de la coiffure",
            "bac pro plomberie chauffage": ("énergétique", "chauffage"),
            "bac pro maçonnerie": ("gros œuvre", "maçonnerie"),
            "bac pro chimie": "Procédés de la chimie",
            "bac pro cheval": "hippique",
            "bac pro forêt": "Bac pro Forêt",
            "bac pro paysagiste": "Bac pro Aménagements paysagers",
            "bac pro optique": "Bac pro Optique lunetterie",
            "bac pro informatique": "Cybersécurité",
            "bac pro aéronautique": "Aéronautique",
            "bac pro sapat": "Services aux personnes et animation dans les territoires",
            "cap chauffeur livreur": ("Conducteur livreur", "Conducteur routier"),
            "cap carosserie": "carross",
            "cap tapissier": "Tapissier",
            "cap pressing": "pressing",
            "cap jardinage": "Jardinier paysagiste",
            "cap soudeur": "soudage",
            "cap toiletage chien": "Toiletteur",
            "bts cosmetique": "Métiers de l’esthétique",
            "bts electrotechnique": "BTS Électrotechnique",
            "bts management": "Management",
            "bts assurance": "BTS Assurance",
            "bts notariat": "BTS Collaborateur juriste notarial",
            "bts photo": "BTS Photographie",
            "bts design": ("DN MADE", "communication", "design"),
            "mcdo": "Production et service en restaurations",
            "crèche": "CAP Accompagnant éducatif petite enfance",
            "nounou": "CAP Accompagnant éducatif petite enfance",
            "foot": "football",
            "manucure": "Esthétique",
            "tatouage": ("art", "Esthétique", "dessin"),
            "youtubeur": ("audiovisuel", "communication"),
            "influenceuse": "Communication",
            "éboueur": "Propreté",
            "grue": ("engins", "grutier", "levage"),
            "panneaux solaires": ("énergie", "électri", "énergétique"),
            "tractopelle": "Conducteur d’engins",
            "bûcheron": ("Forêt", "forestiers"),
            "poney": ("hippique", "Palefrenier", "équitation"),
            "coder": ("informati", "développeu"),
            "chocolat": ("Pâtissier", "chocolatier"),
            "usinage": "mécaniques",
            "dépanneur": ("Installateur", "Maintenance"),
        },
    ),
    *_table(
        "jobs",
        {
            "devenir policier": "police",
            "sage femme": "sage-femme",
            "pilote de ligne": "pilote",
            "maitresse d'école": ("professeur", "école"),
            "kiné": "kinésithérapeute",
            "métier de menuisier": "menuisier",
            "assistante maternelle": "assistant maternel",
            "assistante sociale": "assistant de service social",
            "caissier": ("caisse", "caissi"),
            "aide cuisinier": "cuisin",
            "hotesse de l'air": ("hôtesse", "steward"),
            "dj": "dj",
        },
    ),
    *_table(
        "schools",
        {
            "lycée jean favard": "Jean Favard",
            "lycee pierre mendes france rennes": "Pierre Mendès France",
            "mfr fougères": "",
            "lycée du bâtiment felletin": "Bâtiment",
            "cfa de la creuse": "Creuse",
        },
    ),
    Wish("coiffure paris", courses=("coiffure",), place="Paris"),
    Wish("cap patissier bordeaux", courses=("CAP Pâtissier",), place="Bordeaux"),
    Wish("bac pro assp 59000", courses=("Accompagnement, soins et services à la personne",), place="Lille"),
    Wish("formation aubusson", schools=("",), place="Aubusson"),
    Wish("bts rennes", courses=("BTS",), place="Rennes"),
    Wish("plombier tourcoing", courses=("sanitaires",), place="Tourcoing"),
    Wish("esthéticienne ajaccio", courses=("Esthétique",), place="Ajaccio"),
    Wish("lycée professionnel nice", schools=("",), place="Nice"),
]

WISHES = [
    *_table("courses", NAMES),
    *_table("courses", SIGLES),
    *_table("courses", MISTAKES),
    *_table("courses", EVERYDAY),
    *_table("jobs", JOBS),
    *_table("courses", JOBS_TO_COURSES),
    *_table("schools", SCHOOLS),
    *(Wish(query, schools=("",), place=place) for query, place in PLACES.items()),
    *BESIDE_A_PLACE,
    *AFTERWARDS,
]


def what_is_missing(wish, results):
    """What of a wish is not among the first three `results` of its kind, "" when all is there."""
    first = {group.kind: group.items[:3] for group in results.groups}
    texts = {
        "courses": [item.course.label for item in first.get("formations", ())],
        "jobs": [f"{job.name} {job.label}" for job in first.get("metiers", ())],
        "schools": [f"{item.school.name} {item.school.city}" for item in first.get("etablissements", ())],
    }
    for kind, found in texts.items():
        wanted = getattr(wish, kind)
        if wanted and not any(_has(text, words) for text in found for words in wanted):
            return f"{kind} {wanted} not in {found}"
    if wish.schools and results.groups[0].kind != "etablissements":
        return f"schools not first but {results.groups[0].kind}"
    if wish.place and not (results.place and _has(results.place.name, wish.place)):
        return f"place {results.place and results.place.name}"
    return ""


def _has(text, words):
    return all(word in fold(text) for word in fold(words).split())

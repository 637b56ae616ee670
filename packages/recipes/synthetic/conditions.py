"""The small made-up world the synthetic patients live in: twelve conditions and what follows from each.

Codes look like ICD-10, LOINC and RxNorm so that formats are right; they carry no clinical authority.
"""

from typing import NamedTuple


class Condition(NamedTuple):
    name: str
    icd: str
    lab: str
    loinc: str
    drug: str
    rxnorm: str
    second_drug: str
    second_rxnorm: str
    clinic: str
    advice: str


CONDITIONS = (
    Condition("type 2 diabetes", "E11.9", "hemoglobin A1c", "4548-4", "metformin", "6809",
              "glipizide", "4821", "endocrine clinic", "check glucose before breakfast"),
    Condition("heart failure", "I50.9", "natriuretic peptide", "30934-4", "furosemide", "4603",
              "torsemide", "38413", "cardiology clinic", "weigh yourself every morning"),
    Condition("high blood pressure", "I10", "systolic pressure", "8480-6", "lisinopril", "29046",
              "amlodipine", "17767", "pressure clinic", "measure at home twice daily"),
    Condition("asthma", "J45.9", "peak flow", "33452-4", "albuterol", "435",
              "budesonide", "19831", "pulmonary clinic", "carry the inhaler with you"),
    Condition("hypothyroidism", "E03.9", "thyrotropin", "3016-3", "levothyroxine", "10582",
              "liothyronine", "10814", "thyroid clinic", "take the tablet before food"),
    Condition("iron deficiency anemia", "D50.9", "ferritin", "2276-4", "ferrous sulfate", "24947",
              "iron sucrose", "24909", "hematology clinic", "drink juice with the dose"),
    Condition("gout", "M10.9", "urate", "3084-1", "allopurinol", "519",
              "febuxostat", "73689", "rheumatology clinic", "avoid beer and rich meals"),
    Condition("atrial fibrillation", "I48.9", "heart rate", "8867-4", "apixaban", "1364430",
              "warfarin", "11289", "rhythm clinic", "report any new bleeding"),
    Condition("epilepsy", "G40.9", "prolactin", "2842-3", "levetiracetam", "114477",
              "lamotrigine", "28439", "neurology clinic", "do not drive this season"),
    Condition("osteoporosis", "M81.0", "vitamin D", "1989-3", "alendronate", "46041",
              "denosumab", "993449", "bone clinic", "walk outside every day"),
    Condition("chronic kidney disease", "N18.3", "creatinine", "2160-0", "sevelamer", "214824",
              "lanthanum", "28445", "renal clinic", "keep salt intake low"),
    Condition("pneumonia", "J18.9", "white cells", "6690-2", "amoxicillin", "723",
              "doxycycline", "3640", "chest clinic", "finish all the capsules"),
)

"""The routines of seed 1 (Helsingborg) and seed 4 (Stockholm), rule by rule.

Each rule is one question to the facts and the sentence that is shown when the answer is no. The steps in
`models/routine_*.py` say where each is asked.
"""

HELSINGBORG = "Helsingborg, rad "
STOCKHOLM = "Stockholm, rad "

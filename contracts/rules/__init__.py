"""The routine for sublet contracts, rule by rule (seed 0, Linköping), and the lease law around it (JB 12 kap.).

Each rule is one question to the facts and the sentence that is shown when the answer is no. The steps in
`models/routine_*.py` say where each is asked.
"""

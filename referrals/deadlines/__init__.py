from referrals.deadlines import assessment, question, referral

DEADLINES = (*assessment.DEADLINES, *question.DEADLINES, *referral.DEADLINES)

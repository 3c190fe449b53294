from django.urls import path

from referrals.views import cases, lists, steps

app_name = "referrals"
urlpatterns = [
    path("utredningar/", lists.assessments, name="assessments"),
    path("utredningar/ny/", steps.new_assessment, name="new_assessment"),
    path("utredningar/granskning/", lists.audit, name="audit"),
    path("utredningar/<str:number>/", cases.assessment, name="assessment"),
    path("utredningar/<str:number>/steg/<slug:name>/", steps.assessment_step, name="assessment_step"),
    path("ansvarsfragor/", lists.questions, name="questions"),
    path("ansvarsfragor/<str:number>/", cases.question, name="question"),
    path("ansvarsfragor/<str:number>/steg/<slug:name>/", steps.question_step, name="question_step"),
    path("remisser/", lists.referrals, name="referrals"),
    path("remisser/eget-hushall/", steps.take_in, name="take_in"),
    path("remisser/<str:number>/", cases.referral, name="referral"),
    path("remisser/<str:number>/bokning.ics", lists.booking, name="booking"),
    path("remisser/<str:number>/ersatt/", steps.replace, name="replace"),
    path("remisser/<str:number>/steg/<slug:name>/", steps.referral_step, name="referral_step"),
    path("erbjudanden/", lists.offers, name="offers"),
    path("garantier/", lists.guarantees, name="guarantees"),
]

"""`/people/`. allauth asks for ``account_login`` by that name; everything else is ours."""

from django.urls import include, path

from fairgate.people.views import doors, own, stewards

pages = [
    path("", stewards.people, name="people"),
    path("add/", stewards.add, name="add"),
    path("access-review.csv", stewards.access_review, name="access_review"),
    path("<int:pk>/", stewards.person, name="person"),
    path("<int:pk>/change/", stewards.change, name="change"),
    path("<int:pk>/roles/", stewards.roles, name="roles"),
    path("<int:pk>/disable/", stewards.disable, name="disable"),
    path("<int:pk>/enable/", stewards.enable, name="enable"),
    path("<int:pk>/link/", stewards.give_link, name="link"),
    path("account/", own.account, name="account"),
    path("account/password/", own.change_password, name="change_password"),
    path("account/sign-out-everywhere/", own.sign_out_everywhere, name="sign_out_everywhere"),
    path("sign-out/", doors.sign_out, name="sign_out"),
    path("password/<str:uid>/<str:token>/", doors.set_password, name="set_password"),
    path("first/<str:token>/", doors.first, name="first"),
    path("demonstration/", doors.sign_in_as, name="sign_in_as"),
]

urlpatterns = [
    path("sign-in/", doors.SignInView.as_view(), name="account_login"),
    path("", include((pages, "people"))),
]

from django.contrib import admin

from bostad.housing.models import Dwelling, HeadLease, HeadRent, Property
from bostad.organisation.admin import DepartmentAdmin


@admin.register(Property)
class PropertyAdmin(admin.ModelAdmin):
    list_display = ["designation", "name", "landlord"]
    search_fields = ["designation", "name"]

    def has_delete_permission(self, request, obj=None) -> bool:
        return False


class HeadRentInline(admin.TabularInline):
    """Goes with the lease: who may see that may write its rents; a rent is followed by a later one, not deleted."""

    model = HeadRent
    extra = 1
    can_delete = False

    def has_view_permission(self, request, obj=None) -> bool:
        return True

    has_add_permission = has_change_permission = has_view_permission


@admin.register(Dwelling)
class DwellingAdmin(DepartmentAdmin):
    belongs_to = "manager"
    list_display = ["designation", "street", "apartment_number", "tenure", "provider"]
    search_fields = ["designation", "street"]


@admin.register(HeadLease)
class HeadLeaseAdmin(DepartmentAdmin):
    belongs_to = "dwelling__manager"
    list_display = ["reference", "dwelling", "owner", "from_on", "to_on", "is_block_let"]
    inlines = [HeadRentInline]

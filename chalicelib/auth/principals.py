"""Identity as an explicit frozen value; services see this and never a header or a token."""

from chalicelib.auth.customers import CustomerPrincipal as CustomerPrincipal
from chalicelib.auth.staff import StaffPrincipal as StaffPrincipal

"""Services outside the table: mail, secrets."""

"""Links by which a holder shows a certification to somebody: made, counted, revoked; of the token only a hash."""

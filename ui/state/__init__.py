"""What the reader has chosen: address, session, fields, links that change them."""

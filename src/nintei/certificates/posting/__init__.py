"""The post (認定証の発送): what is to be sent, to which address, on which sheets, and what came back."""

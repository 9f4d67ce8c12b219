"""The records that questions declare: how they are asked, their families, their conditions."""

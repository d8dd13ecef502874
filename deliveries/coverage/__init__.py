"""What the nomenclatures, the lists of what schools teach and the figures cover, region by region, and what is missing."""

"""An installation is kept: copied whole, brought back and compared, and told what is wrong with it."""

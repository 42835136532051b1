"""What cannot break it: kills, full disks, flipped bytes, broken files, hostile questions."""

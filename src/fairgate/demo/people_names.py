"""Names for invented people."""

import random
from collections.abc import Iterator

FIRST = (
    "Ada Agnes Amir Anders Anja Arne Aisha Astrid Beata Bjorn Carla Chen Clara Dag Daria Deniz Edda Einar Elif Emil "
    "Erik Eva Farid Finn Frida Gita Greta Hana Hanna Henrik Ida Ines Ingrid Isak Ivan Jana Jens Jonas Julia Kai Karin "
    "Klara Lars Lea Leif Lena Liam Lina Lotte Luca Magnus Maja Malik Mara Marta Mila Milan Mina Nadia Nils Nina Noor "
    "Olaf Ole Olga Omar Oskar Paula Per Petra Pia Rana Rolf Rosa Sami Sara Selma Signe Simon Siri Sofia Sven Tara Tea "
    "Thea Tilda Tom Tove Ulf Uma Vera Viktor Vilma Wanda Yara Yusuf Zoe"
).split()
LAST = (
    "Aas Ahmadi Aker Albers Andersen Arnesen Bakke Banerjee Bauer Berg Bergmann Bianchi Bruun Carlsen Dahl Demir Diaz "
    "Eide Engel Falk Fischer Foss Friis Garcia Gran Hagen Hansen Hartmann Haug Heide Holm Horn Ibsen Iversen Jansen "
    "Jensen Jovanovic Kaya Keller Klein Kolberg Kowalski Krog Lange Larsen Lie Lindqvist Lund Madsen Marin Meyer Moe "
    "Moen Mohn Nagel Nass Nielsen Novak Nygaard Okafor Olsen Omdal Osman Otto Paulsen Petrov Rask Reiter Rossi Ruud "
    "Saleh Sand Schmidt Silva Sol Stein Strand Sund Tanaka Thorsen Tran Ueland Vang Vik Vogel Wagner Weber Winter Wolf"
).split()


def invented(number: int, seed: int) -> Iterator[tuple[str, str]]:
    """``number`` different people as (name, sign-in name)."""
    draw = random.Random(seed)  # noqa: S311  (a demonstration, not a secret)
    everybody = [(first, last) for first in FIRST for last in LAST]
    for first, last in draw.sample(everybody, number):
        yield f"{first} {last}", f"{first}.{last}".lower()

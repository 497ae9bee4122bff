"""Names for people who do not exist: 144 first and 144 last names from many places, 20,736 pairs in all.

The order is part of the sample: another order would rename everybody.
"""

_FIRST = """
Aaliyah Abebe Adaeze Adrian Agnieszka Aiko Alba Aleksei Alejandra Amara Ana Anders Andrea Anh Anika
Antoine Ayesha Beatriz Bilal Bjorn Bruno Camila Carlos Catarina Chen Chiara Chloe Ciara Clara Daniel
Darius Deepa Diego Dilnoza Eamon Ebba Elena Elif Emeka Emre Esther Fatima Felipe Femi Fiona Florin Freya
Gabriel Giulia Goran Grace Gustavo Habiba Hamza Hana Hannah Haruto Helena Hugo Ibrahim Ines Ingrid Irina
Isaac Isla Ivana Jamal Jana Javier Jin Joana Johan Jorge Josephine Juan Julia Kaito Kamala Karim Kateryna
Katja Kofi Kwame Laila Lars Laszlo Leila Leon Lucia Luka Mahmoud Malik Maren Maria Marta Mateo Mei Mila
Minh Miriam Mohammed Nadia Naledi Naomi Nikos Nina Noah Nour Oksana Olga Oliver Omar Oscar Pablo Paloma
Pavel Pedro Petra Priya Rafael Rania Ravi Rosa Ruth Sakura Samir Sara Sean Selma Siddharth Sofia Stefan
Sunita Tariq Thabo Thandiwe Theo Tomas Ursula Valentina Wanjiru Yara Yusuf Zofia
"""

_LAST = """
Abdi Abara Acheampong Adeyemi Aguilar Ahmadi Akhtar Albescu Almeida Andersen Aoki Araujo Asante Aydin
Bakker Balogun Banerjee Barros Bauer Becker Benali Berg Bianchi Borges Boucher Brennan Byrne Campos
Cardoso Castillo Cerny Chandra Chavez Cohen Correia Costa Cruz Dahl Danso Delgado Demir Desai Diallo
Dimitrov Dogan Doyle Dubois Duarte Eriksen Espinoza Farah Fernandes Ferrari Fischer Fitzgerald Flores
Fofana Fontaine Fujita Gallagher Garcia Georgiou Ghosh Gomes Greco Gruber Gupta Haddad Hakimi Hansen
Haque Hassan Herrera Horvat Hussain Ibarra Ito Ivanova Jansen Jensen Joshi Kamau Kaplan Kapoor Karlsson
Kaya Keita Kelly Khalil Khan Kim Kovacs Kowalski Kumar Larsen Laurent Lopes Lund Machado Mansour Marino
Martins Mbeki Mendes Mensah Molina Morales Moreau Moyo Mutua Nakamura Navarro Ndlovu Neves Nguyen Nkosi
Novak Nowak Nunes Ochieng Okafor Oliveira Olsen Osei Ozturk Park Patel Pereira Petrov Pham Pinto Popescu
Quinn Rahman Ramos Reyes Ribeiro Rossi Santos Schmidt Silva Singh Sousa Takahashi
"""

FIRST = tuple(_FIRST.split())
LAST = tuple(_LAST.split())

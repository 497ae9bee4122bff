"""The solver side of the rule beside it."""


def add_to(rule, crew):
    evenings = [g for g in range(len(crew.spans)) if rule.is_evening(crew.shift(g))]
    for works in crew.works:
        crew.cp.add(sum(works[g] for g in evenings) <= rule.most)

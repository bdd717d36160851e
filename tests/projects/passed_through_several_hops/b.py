from a import three


def four(p, label):
    three(p, label)

import b


class C:
    def five(self, p, label):
        b.four(p, label=label)

    def six(self, p):
        self.five(p, "")  # finds: CMK203
        self.five(p, "x")  # ok: CMK203
        self.five(p, label=None)  # finds: CMK203


def seven(p, c: C):
    c.five(p, "todo")  # finds: CMK203


def eight(p):
    b.four(p, "")  # finds: CMK203

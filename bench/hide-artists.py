#!/usr/bin/env python3
"""Makes seed lists with plays from an interactions file without seed lists: in each fold some artists are hidden and become lists.

Usage: hide-artists.py INTERACTIONS.csv.gz MINIMUM-USERS FOLDS OUT
Writes OUT/FOLD/interactions.csv (without the hidden artists), users.csv (all users) and seeds.csv (seed_list_id, user_id, plays).
The fold of an artist depends only on its id.
"""
import collections, csv, gzip, hashlib, os, sys

if len(sys.argv) != 5:
    sys.exit(__doc__)
source, minimum, folds, out = sys.argv[1], int(sys.argv[2]), int(sys.argv[3]), sys.argv[4]
with gzip.open(source, "rt", newline="") as file:
    rows = list(csv.DictReader(file))
users_of = collections.Counter(row["item_id"] for row in rows)
large = sorted((item for item, users in users_of.items() if users >= minimum), key=lambda item: hashlib.sha256(item.encode()).hexdigest())
for fold in range(folds):
    hidden = set(large[fold::folds])
    folder = os.path.join(out, str(fold))
    os.makedirs(folder)
    with open(os.path.join(folder, "interactions.csv"), "w") as kept, open(os.path.join(folder, "seeds.csv"), "w") as seeds:
        kept.write("user_id,item_id,weight\n")
        seeds.write("seed_list_id,user_id,plays\n")
        for row in rows:
            if row["item_id"] in hidden:
                seeds.write(f"artist-{row['item_id']},{row['user_id']},{row['weight']}\n")
            else:
                kept.write(f"{row['user_id']},{row['item_id']},{row['weight']}\n")
    with open(os.path.join(folder, "users.csv"), "w") as users:
        users.write("user_id\n" + "".join(f"{user}\n" for user in sorted({row["user_id"] for row in rows})))
    print(f"fold {fold}: {len(hidden)} artists hidden, {sum(users_of[item] for item in hidden)} of {len(rows)} pairs")

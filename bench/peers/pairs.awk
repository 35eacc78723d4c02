# Numbers the ids of interactions (user_id,item_id[,weight], one line a pair) for bench/peers/ials.c, sorted by user and item:
#   zcat interactions.csv.gz | awk -f bench/peers/pairs.awk > pairs
BEGIN { FS = "," }
NR > 1 {
    if (!($1 in user)) user[$1] = users++
    if (!($2 in item)) item[$2] = items++
    print user[$1], item[$2], (NF > 2 ? $3 : 1) | "sort -n -k1,1 -k2,2 > pairs.sorted"
    pairs++
}
END {
    close("sort -n -k1,1 -k2,2 > pairs.sorted")
    print users, items, pairs
    while ((getline line < "pairs.sorted") > 0) print line
    system("rm pairs.sorted")
}

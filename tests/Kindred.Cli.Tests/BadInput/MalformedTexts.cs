using System.Text;

namespace Kindred.Cli.Tests.BadInput;

/// <summary>Texts that are not valid tables.</summary>
internal static class MalformedTexts
{
    private const string Seeds = "train --population {population} --out {out} --seeds {file.csv}";
    private const string Interactions = "embed --dimension 16 --out {out} --interactions {file.csv}";
    private const string Users = "embed --dimension 16 --out {out} --interactions {interactions} --users {file.csv}";
    private const string Exclude = "expand --population {population} --models {models} --size 10 --out {out} --exclude {file.csv}";
    private const string Head = "seed_list_id,user_id\n";
    private const string Rows = "user_id,item_id,weight,timestamp\n";

    public static IReadOnlyList<Malformed> All { get; } =
    [
        // Empty, or nearly empty.
        new("an empty file", Seeds, 42, "", "line 1: the file is empty", "Write a header line"),
        new("a byte order mark and nothing else", Seeds, 42, "\uFEFF", "line 1: the header line is empty"),
        new("one line feed", Seeds, 42, "\n", "line 1: the header line is empty"),
        new("blank lines of Windows", Seeds, 42, "\r\n\r\n\r\n", "line 1: the header line is empty"),
        new("white space for a header", Seeds, 42, "   \t \na,b\n", "line 1: the header line is empty"),
        new("a header without rows", Seeds, 42, Head, "line 2", "no rows of seed lists"),
        new("a header and blank lines", Seeds, 42, Head + "\n\n\n", "line 2", "no rows of seed lists"),
        new("a header that does not end", Seeds, 42, "seed_list_id,user_id", "line 2", "no rows of seed lists"),

        // Headers.
        new("other names in the header", Seeds, 42, "list,person\na,b\n", "line 1: there is no column 'user_id'", "'list', 'person'"),
        new("capital letters in the header", Seeds, 42, "Seed_List_ID,User_ID\na,b\n", "no column 'user_id'", "Did you mean 'User_ID'?"),
        new("a blank before a name in the header", Seeds, 42, "seed_list_id, user_id\na,b\n", "no column 'user_id'", "Did you mean ' user_id'?"),
        new("no header, but data at once", Seeds, 42, "advertiser-01,u0000001\nadvertiser-01,u0000002\n", "no column 'user_id'", "must be the header"),
        new("a name twice in the header", Seeds, 42, "user_id,user_id\na,b\n", "column 'user_id': the header has this name more than once", "Rename or delete"),
        new("the column of lists twice", Seeds, 42, "seed_list_id,user_id,seed_list_id\na,b,c\n", "column 'seed_list_id'", "more than once"),
        new("a header with a name of 100,000 letters", Seeds, 42, new string('x', 100_000) + "\na\n", "no column 'user_id'"),
        new("a header of 70,000 columns", Seeds, 42, string.Join(',', Enumerable.Range(0, 70_000)) + "\n", "line 1: the header has more than 16,384 columns"),
        new("control characters in the header", Seeds, 42, "user\u001b[2Jid,x\na,b\n", "no column 'user_id'", "user\\x1B[2Jid"),

        // Delimiters, lines, quotes.
        new("bars between columns", Seeds, 42, "seed_list_id|user_id\na|b\n", "no column 'user_id'", "'seed_list_id|user_id'"),
        new("blanks between columns", Seeds, 42, "seed_list_id user_id\na b\n", "no column 'user_id'"),
        new("tabs in the header and commas in rows", Seeds, 42, "seed_list_id\tuser_id\na,b\n", "line 2", "1 values", "2 columns"),
        new("a row with a value too many", Seeds, 42, Head + "a,b\na,b,c\n", "line 3", "3 values", "2 columns", "Quote values"),
        new("a row with a value too few", Seeds, 42, Head + "a,b\na\n", "line 3", "1 values", "a cut-off file ends like this too"),
        new("a row with a delimiter at its end", Seeds, 42, Head + "a,b,\n", "line 2", "3 values"),
        new("a quote that is never closed", Seeds, 42, Head + "a,\"b\na,c\n", "line 2", "the quoting is wrong", "double the quotes"),
        new("a quote that is never closed in a long file", Seeds, 42, Head + "a,\"b\n" + string.Concat(Enumerable.Repeat("advertiser,user\n", 80_000)), "line 2", "more than a million characters", "never closed"),
        new("a letter behind a closing quote", Seeds, 42, Head + "a,\"b\"c\n", "line 2", "the quoting is wrong"),
        new("a line of two million letters", Seeds, 42, Head + "a," + new string('b', 2_000_000) + "\n", "line 2", "more than a million characters"),
        new("a bad row in lines of Windows", Seeds, 42, "seed_list_id,user_id\r\na,b\r\na,b,c\r\n", "line 3", "3 values"),
        new("a bad row in lines that end in carriage returns", Seeds, 42, "seed_list_id,user_id\ra,b\ra,b,c\r", "line 3", "3 values"),
        new("a bad row behind a quoted line break", Seeds, 42, Head + "a,\"b\nc\"\na,b,c\n", "line 4", "3 values"),
        new("a bad row behind a quoted carriage return", Seeds, 42, Head + "a,\"b\rc\"\na,b,c\n", "line 4", "3 values"),

        new("a line that names the delimiter and nothing else", Seeds, 42, "sep=;\n", "line 2: the header line is empty", "after the one that names the delimiter"),
        new("a bad row behind a line that names the delimiter", Seeds, 42, "sep=|\r\nseed_list_id|user_id\r\na|b\r\na\r\n", "line 4", "1 values", "2 columns"),
        new("a line that names the delimiter and other names in the header", Seeds, 42, "sep=;\nlist;person\na;b\n", "line 2: there is no column 'user_id'", "'list', 'person'"),

        // Encodings.
        new("UTF-16 with its mark", Seeds, 42, FileContent.In(Encoding.Unicode, Head + "a,b\n", mark: true), "this is text in UTF-16, not UTF-8", "iconv -f UTF-16 -t UTF-8"),
        new("UTF-16, big end first, with its mark", Seeds, 42, FileContent.In(Encoding.BigEndianUnicode, Head + "a,b\n", mark: true), "this is text in UTF-16, not UTF-8"),
        new("UTF-16 without a mark", Seeds, 42, FileContent.In(Encoding.Unicode, Head + "a,b\n"), "line 1", "NUL", "UTF-16"),
        new("UTF-32", Seeds, 42, FileContent.In(Encoding.UTF32, Head + "a,b\n", mark: true), "this is text in UTF-32, not UTF-8"),
        new("Latin-1 in a row", Seeds, 42, FileContent.In(Encoding.Latin1, Head + "a,b\ncafé,b\n"), "line 3: the text is not UTF-8", "Latin-1"),
        new("Latin-1 in the header", Seeds, 42, FileContent.In(Encoding.Latin1, "café,user_id\na,b\n"), "line 1: the text is not UTF-8"),
        new("Latin-1 behind 70,000 lines", Seeds, 42, FileContent.In(Encoding.Latin1, Head + string.Concat(Enumerable.Repeat("a,b\n", 70_000)) + "é,b\n"), "line 70002: the text is not UTF-8"),
        new("a letter in more bytes than it needs", Seeds, 42, FileContent.Bytes([.. "seed_list_id,user_id\na,"u8, 0xC1, 0x81, .. "\n"u8]), "line 2: the text is not UTF-8"),
        new("half a surrogate pair in UTF-8", Seeds, 42, FileContent.Bytes([.. "seed_list_id,user_id\na,"u8, 0xED, 0xA0, 0x80, .. "\n"u8]), "line 2: the text is not UTF-8"),
        new("a letter that is cut off at the end", Seeds, 42, FileContent.Bytes([.. "seed_list_id,user_id\na,"u8, 0xE2, 0x82]), "line 2: the text is not UTF-8"),
        new("zeros", Seeds, 42, FileContent.Bytes(new byte[10_000]), "line 1", "NUL"),

        // Ids.
        new("an id of no bytes", Seeds, 42, Head + "a,b\na,\n", "line 3, column 'user_id': the id is empty", "1 to 128 bytes"),
        new("an id of 129 bytes", Seeds, 42, Head + $"a,{new string('u', 129)}\n", "line 2, column 'user_id'", "129 bytes", "hashing"),
        new("an id of 10,000 bytes", Seeds, 42, Head + $"a,{new string('u', 10_000)}\n", "line 2, column 'user_id'", "10,000 bytes", "hashing"),
        new("a list's id of no bytes", Seeds, 42, Head + ",b\n", "line 2, column 'seed_list_id': the id is empty"),
        new("a list's id of 10,000 bytes", Seeds, 42, Head + $"{new string('l', 10_000)},b\n", "line 2, column 'seed_list_id'", "10,000 bytes"),
        new("a blank before an id", Seeds, 42, Head + "a, b\n", "line 2, column 'user_id'", "white space"),
        new("a no-break space behind an id", Seeds, 42, Head + "a,b\u00A0\n", "line 2, column 'user_id'", "white space"),
        new("an id that is a carriage return", Seeds, 42, Head + "a,\"\r\"\n", "line 2, column 'user_id'", "white space"),
        new("an excluded id of no bytes", Exclude, 42, "user_id\n\"\"\n", "column 'user_id': the id is empty"),
        new("an excluded id of 10,000 bytes", Exclude, 42, $"user_id\n{new string('u', 10_000)}\n", "line 2", "10,000 bytes"),

        // Numbers and times.
        new("a weight that is NaN", Interactions, 42, Rows + "u,i,NaN,5\n", "line 2, column 'weight': 'NaN' is not a finite number"),
        new("a weight that is infinite", Interactions, 42, Rows + "u,i,1,5\nu,i,Infinity,5\n", "line 3, column 'weight'", "not a finite number"),
        new("a weight that is minus infinity", Interactions, 42, Rows + "u,i,-Infinity,5\n", "line 2, column 'weight'", "not a finite number"),
        new("a weight beyond float32", Interactions, 42, Rows + "u,i,1e300,5\n", "line 2, column 'weight'", "too large"),
        new("a weight with a comma", Interactions, 42, Rows + "u,i,\"1,5\",5\n", "line 2, column 'weight': '1,5' has a decimal comma", "Export with a decimal point"),
        new("a weight in hexadecimal", Interactions, 42, Rows + "u,i,0x10,5\n", "line 2, column 'weight'", "not a number"),
        new("no weight", Interactions, 42, Rows + "u,i,,5\n", "line 2, column 'weight'", "not a number"),
        new("a time in words", Interactions, 42, Rows + "u,i,1,yesterday\n", "line 2, column 'timestamp'", "ISO 8601"),
        new("the thirtieth of February", Interactions, 42, Rows + "u,i,1,2024-02-30\n", "line 2, column 'timestamp'", "not a point in time"),
        new("a time of 21 digits", Interactions, 42, Rows + "u,i,1,170000000000000000000\n", "line 2, column 'timestamp'", "not a point in time"),
        new("a time with the day first", Interactions, 42, Rows + "u,i,1,30.11.2025\n", "line 2, column 'timestamp'", "not a point in time", "--timestamp-format day-first"),
        new("a header in the middle", Interactions, 42, Rows + "u,i,1,1\n" + Rows, "line 3: the header is repeated here", "one by one"),
        new("an id that is NULL", Interactions, 42, Rows + "NULL,i,1,1\n", "line 2, column 'user_id': the id is 'NULL'", "--missing-ids skip"),
        new("an id that is \\N", Interactions, 42, Rows + "u,\\N,1,1\n", "line 2, column 'item_id': the id is", "--missing-ids skip"),
        new("an id with a mark at its end", Interactions, 42, Rows + "u\u200E,i,1,1\n", "line 2, column 'user_id'", "U+200E", "--normalize-ids trim"),
        new("a time that is NaN", Interactions, 42, Rows + "u,i,1,NaN\n", "line 2, column 'timestamp'", "not a point in time"),
        new("a metric that is NaN", Seeds + " --weight-by clicks", 42, "user_id,clicks\nu,NaN\n", "line 2, column 'clicks'", "not a finite number"),
        new("a metric that is infinite", Seeds + " --weight-by clicks", 42, "user_id,clicks\nu,1\nv,Infinity\n", "line 3, column 'clicks'", "not a finite number"),
        new("a metric below zero", Seeds + " --weight-by clicks", 42, "user_id,clicks\nu,-1\n", "line 2, column 'clicks'", "negative"),

        // Users.
        new("a user twice, in two countries", Users, 42, "user_id,country\nu1,HU\nu1,RO\n", "line 3", "'u1'"),
        new("neither true nor false", Users, 42, "user_id,active\nu1,maybe\n", "line 2, column 'active': 'maybe' is none of 1, 0, true, false", "Write 1 or true"),
        new("a country of 10,000 bytes", Users, 42, $"user_id,country\nu1,{new string('H', 10_000)}\n", "line 2, column 'country': the country 'HHH", "Countries have at most 128 bytes"),
        new("a country with white space around it", Users, 42, "user_id,country\nu1,HU\nu2,HU \n", "line 3, column 'country': the country 'HU ' starts or ends with white space", "Countries are compared byte for byte"),

        // No table at all.
        new("a page of HTML", Seeds, 42, "<!DOCTYPE html>\n<html><body>404</body></html>\n", "no column 'user_id'"),
        new("JSON without users", Seeds, 42, "{\"uid\": \"u1\"}\n", "have a key 'user_id'"),
        new("a zip archive, such as a workbook of Excel", Seeds, 42, FileContent.Bytes([.. "PK"u8, 3, 4, 20, 0, 6, 0, 8, 0, 0, 0, 0x21, 0, 0xE5, 0x9C, 0x11, 0xFF, 0xFE]), "this is a ZIP archive (an Excel workbook is one), not a table", "Unpack it"),
        new("a picture", Seeds, 42, FileContent.Bytes([0x89, .. "PNG\r\n"u8, 0x1A, 0x0A, 0, 0, 0, 0x0D]), "line 1", "UTF-8"),
        new("a program", Seeds, 42, FileContent.Bytes([0x7F, .. "ELF"u8, 2, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3, 0, 0x3E, 0]), "line 1", "NUL"),
    ];
}

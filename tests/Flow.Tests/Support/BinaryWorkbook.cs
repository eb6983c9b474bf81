using System.Text;

namespace Flow.Tests.Support;

/// <summary>Writes workbooks of numbered rows in the binary kinds: two sheets with the columns id and name. Records after [MS-XLS], [MS-CFB] and [MS-XLSB].</summary>
internal static class BinaryWorkbook
{
    private const int Sector = 512;
    private const uint EndOfChain = 0xFFFFFFFE;
    private const uint FatSector = 0xFFFFFFFD;
    private const uint Nothing = 0xFFFFFFFF;

    private static readonly string[] Names = ["People", "Pets"];

    /// <summary>Excel 97 to 2003: records in one stream of a compound file.</summary>
    public static byte[] Xls(int rows)
    {
        var sheets = Names.Select(_ => Of(w =>
        {
            Begin(w, 0x10);
            Label(w, 0, 0, "id");
            Label(w, 0, 1, "name");
            for (var i = 1; i <= rows; i++)
            {
                Biff(w, 0x203, r => Numbers(r, (ushort)i, 0, 0).Write((double)i));
                Label(w, (ushort)i, 1, $"name {i}");
            }

            Biff(w, 0x0A, _ => { });
        })).ToList();
        var globals = Globals(0);
        var stream = Globals(globals.Length);
        return Compound([.. stream, .. sheets[0], .. sheets[1]]);

        byte[] Globals(int length) => Of(w =>
        {
            Begin(w, 0x05);
            for (var i = 0; i < Names.Length; i++)
            {
                Biff(w, 0x85, r =>
                {
                    r.Write(length + (i * sheets[0].Length));
                    r.Write((ushort)0);
                    r.Write((byte)Names[i].Length);
                    r.Write((byte)0);
                    r.Write(Encoding.Latin1.GetBytes(Names[i]));
                });
            }

            Biff(w, 0x0A, _ => { });
        });
    }

    /// <summary>Excel 2007 and later: records in the parts of a package, which is a ZIP of them.</summary>
    public static (string Name, byte[] Bytes)[] Xlsb(int rows)
    {
        var sheet = Of(w =>
        {
            Part(w, 129, _ => { });
            Part(w, 145, _ => { });
            for (var i = 0; i <= rows; i++)
            {
                Part(w, 0, r =>
                {
                    r.Write(i);
                    r.Write(new byte[13]);
                });
                if (i == 0)
                {
                    Part(w, 6, r => Wide(Cell(r, 0), "id"));
                }
                else
                {
                    Part(w, 5, r => Cell(r, 0).Write((double)i));
                }

                Part(w, 6, r => Wide(Cell(r, 1), i == 0 ? "name" : $"name {i}"));
            }

            Part(w, 146, _ => { });
            Part(w, 130, _ => { });
        });
        var book = Of(w =>
        {
            Part(w, 131, _ => { });
            Part(w, 143, _ => { });
            for (var i = 0; i < Names.Length; i++)
            {
                Part(w, 156, r =>
                {
                    r.Write(0);
                    r.Write(i + 1);
                    Wide(Wide(r, $"r{i + 1}"), Names[i]);
                });
            }

            Part(w, 144, _ => { });
            Part(w, 132, _ => { });
        });
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        return
        [
            ("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/></Types>"""u8.ToArray()),
            ("_rels/.rels", Related($"<Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.bin\"/>")),
            ("xl/workbook.bin", book),
            ("xl/_rels/workbook.bin.rels", Related(
                $"<Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.bin\"/><Relationship Id=\"r2\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet2.bin\"/>")),
            ("xl/worksheets/sheet1.bin", sheet),
            ("xl/worksheets/sheet2.bin", sheet),
        ];
    }

    private static byte[] Related(string relations) =>
        Encoding.UTF8.GetBytes($"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{relations}</Relationships>");

    /// <summary>A compound file with one stream: its table of sectors first, then its directory, then the stream.</summary>
    private static byte[] Compound(byte[] stream)
    {
        var content = (stream.Length + Sector - 1) / Sector;
        var fats = 1;
        while (fats * (Sector / 4) < fats + 1 + content)
        {
            fats++;
        }

        return Of(w =>
        {
            w.Write([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
            w.Write(new byte[16]);
            Numbers(w, 0x3E, 3, 0xFFFE, 9, 6, 0, 0, 0, 0, 0);
            Longs(w, (uint)fats, (uint)fats, 0, 4096, EndOfChain, 0, EndOfChain, 0);
            Longs(w, [.. Enumerable.Range(0, 109).Select(i => i < fats ? (uint)i : Nothing)]);
            Longs(w, [.. Enumerable.Repeat(FatSector, fats), EndOfChain]);
            Longs(w, [.. Enumerable.Range(1, content).Select(i => i == content ? EndOfChain : (uint)(fats + 1 + i))]);
            Longs(w, [.. Enumerable.Repeat(Nothing, (fats * (Sector / 4)) - fats - 1 - content)]);
            Entry(w, "Root Entry", 5, child: 1, EndOfChain, 0);
            Entry(w, "Workbook", 2, Nothing, (uint)(fats + 1), stream.Length);
            w.Write(new byte[2 * 128]);
            w.Write(stream);
            w.Write(new byte[(content * Sector) - stream.Length]);
        });
    }

    private static void Entry(BinaryWriter w, string name, byte kind, uint child, uint start, int size)
    {
        var text = new byte[64];
        Encoding.Unicode.GetBytes(name, text);
        w.Write(text);
        w.Write((ushort)((name.Length + 1) * 2));
        w.Write(kind);
        w.Write((byte)1);
        Longs(w, Nothing, Nothing, child);
        w.Write(new byte[16 + 4 + 16]);
        Longs(w, start, (uint)size, 0);
    }

    private static void Begin(BinaryWriter w, ushort kind) => Biff(w, 0x809, r => Numbers(r, 0x600, kind, 0x0DBB, 1996, 0, 0, 6, 0));

    private static void Label(BinaryWriter w, ushort row, ushort column, string text) => Biff(w, 0x204, r =>
    {
        Numbers(r, row, column, 0, (ushort)text.Length).Write((byte)0);
        r.Write(Encoding.Latin1.GetBytes(text));
    });

    private static void Biff(BinaryWriter w, ushort id, Action<BinaryWriter> write)
    {
        var content = Of(write);
        Numbers(w, id, (ushort)content.Length).Write(content);
    }

    private static void Part(BinaryWriter w, int id, Action<BinaryWriter> write)
    {
        var content = Of(write);
        w.Write7BitEncodedInt(id);
        w.Write7BitEncodedInt(content.Length);
        w.Write(content);
    }

    private static BinaryWriter Cell(BinaryWriter w, int column)
    {
        w.Write(column);
        w.Write(0);
        return w;
    }

    private static BinaryWriter Wide(BinaryWriter w, string text)
    {
        w.Write(text.Length);
        w.Write(Encoding.Unicode.GetBytes(text));
        return w;
    }

    private static BinaryWriter Numbers(BinaryWriter w, params ReadOnlySpan<ushort> numbers)
    {
        foreach (var number in numbers)
        {
            w.Write(number);
        }

        return w;
    }

    private static void Longs(BinaryWriter w, params ReadOnlySpan<uint> numbers)
    {
        foreach (var number in numbers)
        {
            w.Write(number);
        }
    }

    private static byte[] Of(Action<BinaryWriter> write)
    {
        using var memory = new MemoryStream();
        using (var writer = new BinaryWriter(memory, Encoding.UTF8, leaveOpen: true))
        {
            write(writer);
        }

        return memory.ToArray();
    }
}

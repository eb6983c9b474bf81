using System.Text;
using Flatfile.Agent.Handlers.Reading;

namespace Flatfile.Agent.Handlers.Export.Xlsx;

/// <summary>The comments of a worksheet, kept in a file of their own until the worksheet's part is written: an archive takes one part at a time.</summary>
internal sealed class XlsxComments : IDisposable
{
    /// <summary>More of them on one worksheet make Excel slow to open it, or refuse.</summary>
    public const int Most = 50_000;

    private const string Author = "Flatfile";

    private readonly FileStream _file = SpoolFile.Create();
    private readonly BinaryWriter _writer;

    public XlsxComments() => _writer = new BinaryWriter(_file, Encoding.UTF8, leaveOpen: true);

    public int Count { get; private set; }

    /// <summary>Keeps a comment.</summary>
    /// <param name="row">1 for the first row of the worksheet.</param>
    /// <param name="column">0 for the first column.</param>
    /// <param name="text">What it says.</param>
    public void Add(int row, int column, string text)
    {
        _writer.Write(row);
        _writer.Write(column);
        _writer.Write(text);
        Count++;
    }

    /// <summary>Writes the part with the texts.</summary>
    public void WriteTexts(Stream stream)
    {
        var output = new Utf8Output(stream);
        output.Text($"""{XlsxParts.Declaration}<comments xmlns="{XlsxParts.Main}"><authors><author>{Author}</author></authors><commentList>""");
        foreach (var (row, column, text) in All())
        {
            output.Raw("<comment ref=\""u8);
            output.Raw(ColumnName.Of(column));
            output.Number(row);
            output.Raw("\" authorId=\"0\"><text><t xml:space=\"preserve\">"u8);
            XlsxText.Write(output, text);
            output.Raw("</t></text></comment>"u8);
        }

        output.Raw("</commentList></comments>"u8);
        output.Flush();
    }

    /// <summary>Writes the part with the boxes they show in; all hidden until the mouse is over their cell.</summary>
    public void WriteShapes(Stream stream)
    {
        var output = new Utf8Output(stream);
        output.Text(
            """<xml xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:x="urn:schemas-microsoft-com:office:excel"><o:shapelayout v:ext="edit"><o:idmap v:ext="edit" data="1"/></o:shapelayout><v:shapetype id="_x0000_t202" coordsize="21600,21600" o:spt="202" path="m,l,21600r21600,l21600,xe"><v:stroke joinstyle="miter"/><v:path gradientshapeok="t" o:connecttype="rect"/></v:shapetype>""");
        var number = 1024;
        foreach (var (row, column, _) in All())
        {
            output.Raw("<v:shape id=\"_x0000_s"u8);
            output.Number(++number);
            output.Raw("\" type=\"#_x0000_t202\" style=\"position:absolute;visibility:hidden\" fillcolor=\"#ffffe1\" o:insetmode=\"auto\"><v:fill color2=\"#ffffe1\"/><v:textbox style=\"mso-direction-alt:auto\"/><x:ClientData ObjectType=\"Note\"><x:MoveWithCells/><x:SizeWithCells/><x:Anchor>"u8);
            output.Number(column + 1);
            output.Raw(",15,"u8);
            output.Number(Math.Max(0, row - 2));
            output.Raw(",2,"u8);
            output.Number(column + 4);
            output.Raw(",15,"u8);
            output.Number(row + 3);
            output.Raw(",4</x:Anchor><x:AutoFill>False</x:AutoFill><x:Row>"u8);
            output.Number(row - 1);
            output.Raw("</x:Row><x:Column>"u8);
            output.Number(column);
            output.Raw("</x:Column></x:ClientData></v:shape>"u8);
        }

        output.Raw("</xml>"u8);
        output.Flush();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        _writer.Dispose();
        _file.Dispose();
    }

    private IEnumerable<(int Row, int Column, string Text)> All()
    {
        _writer.Flush();
        _file.Position = 0;
        using var reader = new BinaryReader(_file, Encoding.UTF8, leaveOpen: true);
        for (var i = 0; i < Count; i++)
        {
            yield return (reader.ReadInt32(), reader.ReadInt32(), reader.ReadString());
        }
    }
}

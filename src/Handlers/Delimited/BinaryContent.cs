namespace Flatfile.Agent.Handlers.Delimited;

/// <summary>Recognises content that is not text, whatever the file is called.</summary>
internal static class BinaryContent
{
    private const string Spreadsheet = "Open it in the program that made it, save the sheet as CSV, and upload that file.";
    private const string Unpack = "Unpack it and upload the text file inside.";
    private const string AsText = "Export the data as CSV and upload that file.";

    /// <summary>What the content looks like and what to do; null when nothing known matches.</summary>
    public static (string LooksLike, string Cure)? Recognise(ReadOnlySpan<byte> sample)
    {
        if (sample.StartsWith("PK\u0003\u0004"u8) || sample.StartsWith("PK\u0005\u0006"u8))
        {
            return sample.IndexOf("xl/"u8) >= 0 || sample.IndexOf("[Content_Types].xml"u8) >= 0
                ? ("an Excel workbook (XLSX) or another Office file", Spreadsheet)
                : ("a ZIP archive", Unpack);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]))
        {
            return ("an old Excel workbook (XLS) or another old Office file", Spreadsheet);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0x1F, 0x8B]))
        {
            return ("a gzip archive", Unpack);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C]))
        {
            return ("a 7-Zip archive", Unpack);
        }

        if (sample.StartsWith("Rar!\u001a"u8))
        {
            return ("a RAR archive", Unpack);
        }

        if (sample.StartsWith("%PDF-"u8))
        {
            return ("a PDF document", AsText);
        }

        if (sample.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47]) || sample.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF])
            || sample.StartsWith("GIF8"u8))
        {
            return ("an image", AsText);
        }

        if (sample.StartsWith("SQLite format 3\0"u8))
        {
            return ("a SQLite database", AsText);
        }

        return sample.StartsWith("PAR1"u8) ? ("a Parquet file", AsText) : null;
    }
}

using System.Text;
using Flatfile.Agent.Handlers.Export;
using Flatfile.Agent.Handlers.Export.Xlsx;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;

namespace Flatfile.Agent.Handlers.Tests.Export;

/// <summary>Neither the file nor the sheet is ever in memory: what is alive does not grow with the rows.</summary>
[Collection(AloneCollection.Name)]
public sealed class ExportMemoryTests
{
    private const long Allowed = 1024 * 1024;

    [Theory]
    [InlineData("xlsx")]
    [InlineData("csv")]
    [InlineData("jsonl")]
    public void WhatIsAliveAfterManyRowsIsWhatWasAliveAfterAFew(string format)
    {
        Property[] fields = [.. Enumerable.Range(0, 10).Select(i => new Property { Key = $"f{i}", Type = PropertyType.String })];
        var sheet = new Sheet { Id = "us_sh_1", WorkbookId = "us_wb_1", Name = "s", Slug = "s", Config = new SheetConfig { Name = "s", Fields = fields } };
        var options = new ExportOptions { Format = format, IncludeMessages = true };
        using var target = new CountingStream();
        using ITableWriter writer = format switch
        {
            "xlsx" => new XlsxWriter(target, options, DateTimeOffset.UnixEpoch.AddYears(20)),
            "csv" => new CsvWriter(new ExportFiles(target, zip: true, DateTimeOffset.UnixEpoch.AddYears(20)), options),
            _ => new JsonLinesWriter(new ExportFiles(target, zip: true, DateTimeOffset.UnixEpoch.AddYears(20)), options),
        };
        writer.Begin(new ExportSheet(sheet, fields, [.. fields.Select(f => f.Key)]));
        var row = new ExportRow(fields.Length, ", ");

        Write(writer, row, 2_000);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        Write(writer, row, 40_000);
        var after = GC.GetTotalMemory(forceFullCollection: true);
        writer.End();
        writer.Finish();

        Assert.InRange(after - before, long.MinValue, Allowed);
        Assert.True(target.Written > 2 * Allowed, $"Only {target.Written:N0} bytes were written: too few to show anything.");
    }

    private static void Write(ITableWriter writer, ExportRow row, int rows)
    {
        var random = new Random(7);
        for (var i = 0; i < rows; i++)
        {
            var line = Encoding.UTF8.GetBytes("[" + string.Join(',', Enumerable.Range(0, row.Count).Select(_ => $"\"{random.NextInt64():X16}{random.NextInt64():X16}\"")) + "]");
            row.Clear(line);
            var reader = new System.Text.Json.Utf8JsonReader(line);
            reader.Read();
            for (var column = 0; column < row.Count; column++)
            {
                reader.Read();
                row.Set(column, ref reader);
            }

            row.Add(new ExportMessage(i % row.Count, "error", $"message {i}"));
            writer.Write(row);
        }
    }

    /// <summary>Keeps nothing.</summary>
    private sealed class CountingStream : Stream
    {
        public long Written { get; private set; }

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override void Flush()
        {
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => Written += count;
    }
}

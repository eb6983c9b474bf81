using System.Globalization;
using Flatfile.Agent.Handlers.Automap;
using Flatfile.Agent.Handlers.Tests.Support;
using Flatfile.Api;
using Xunit.Abstractions;

namespace Flatfile.Agent.Handlers.Tests.Automap;

/// <summary>Headers of real life with the fields they mean: what is mapped must be right.</summary>
public sealed class LabelledHeadersTests(ITestOutputHelper output)
{
    /// <summary>The vocabulary was completed with the first set at hand; the second has not been looked at for that.</summary>
    [Theory]
    [InlineData("headers.txt", 60, 0.97, 0.9)]
    [InlineData("heldout.txt", 16, 0.9, 0.6)]
    public void WhatIsMappedByNameIsRight(string set, int leastFiles, double leastPrecision, double leastRecall)
    {
        var (files, right, wrong, missed, rejected) = (0, 0, 0, 0, 0);
        foreach (var (name, sheet, columns) in Files(set))
        {
            files++;
            var match = SheetMatch.Of([.. columns.Select((c, i) => new Property { Key = $"c{i}", Label = c.Column, Type = "string" })], sheet);
            var mapped = match.Mapped.ToDictionary(m => m.FromName, StringComparer.Ordinal);
            foreach (var (column, field) in columns)
            {
                var found = mapped.GetValueOrDefault(column);
                (right, wrong, missed, rejected) = found is null
                    ? (right, wrong, missed + (field.Length > 0 ? 1 : 0), rejected + (field.Length == 0 ? 1 : 0))
                    : (right + (found.To.Key == field ? 1 : 0), wrong + (found.To.Key == field ? 0 : 1), missed, rejected);
                if (found is null ? field.Length > 0 : found.To.Key != field)
                {
                    var suggestion = match.Suggestions.FirstOrDefault(s => s.FromName == column);
                    output.WriteLine($"{name}: {column} is {(field.Length > 0 ? field : "nothing")}, found {found?.To.Key ?? "nothing"} {found?.Confidence} {found?.Reason} {(suggestion is null ? "" : $"suggested {suggestion.To.Key} {suggestion.Confidence}")}");
                }
            }
        }

        var (precision, recall) = ((double)right / (right + wrong), (double)right / (right + missed));
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{files} files, {right + missed} columns with a field, {rejected} rightly left alone: precision {precision:0.000}, recall {recall:0.000}"));
        Assert.True(files >= leastFiles, "The set became smaller.");
        Assert.True(precision >= leastPrecision, $"precision {precision:0.000}");
        Assert.True(recall >= leastRecall, $"recall {recall:0.000}");
    }

    private static IEnumerable<(string Name, Sheet Sheet, List<(string Column, string Field)> Columns)> Files(string set)
    {
        var sheets = new Dictionary<string, Sheet>(StringComparer.Ordinal);
        var number = 0;
        foreach (var line in File.ReadLines(Path.Combine(TestData.Folder, "automap", set)))
        {
            number++;
            if (line.StartsWith('@'))
            {
                var words = line[1..].Split(' ');
                var fields = words[1..].Select(w => new Property { Key = w, Type = "string" }).ToList();
                sheets[words[0]] = new Sheet { Id = words[0], WorkbookId = "w", Name = words[0], Slug = words[0], Config = new SheetConfig { Name = words[0], Fields = fields } };
            }
            else
            {
                var colon = line.IndexOf(':');
                var columns = line[(colon + 1)..].Split(';').Select(c => c.Trim().Split('=')).Select(c => (c[0], c[1])).ToList();
                yield return ($"line {number}", sheets[line[..colon]], columns);
            }
        }
    }
}

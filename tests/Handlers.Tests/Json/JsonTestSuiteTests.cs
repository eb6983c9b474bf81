using Flatfile.Agent.Handlers.Reading;
using Flatfile.Agent.Handlers.Tests.Support;

namespace Flatfile.Agent.Handlers.Tests.Json;

/// <summary>The parsing tests of JSONTestSuite: what is JSON is read, what is none is told.</summary>
public sealed class JsonTestSuiteTests
{
    /// <summary>Read on purpose: commas behind the last member, comments, several values in a file.</summary>
    private static readonly HashSet<string> Lenient =
    [
        "n_array_extra_comma", "n_array_number_and_comma", "n_object_lone_continuation_byte_in_key_and_trailing_comma", "n_object_trailing_comma",
        "n_object_trailing_comment", "n_object_trailing_comment_slash_open", "n_structure_double_array", "n_structure_object_with_comment",
    ];

    private static readonly string Folder = Path.Combine(TestData.Folder, "json-test-suite");

    private static IEnumerable<string> Files(char kind) => Directory.GetFiles(Folder, kind + "_*.json").Order(StringComparer.Ordinal);

    [Fact]
    public void TheWholeSuiteIsHere() => Assert.Equal(318, Directory.GetFiles(Folder, "*.json").Length);

    [Fact]
    public async Task WhatIsJsonIsRead()
    {
        var wrong = new List<string>();
        foreach (var file in Files('y'))
        {
            if (await FaultAsync(file) is { } fault && !fault.StartsWith("This file is JSON but holds no records.", StringComparison.Ordinal) && !fault.Contains("which is no text", StringComparison.Ordinal)
                && !fault.Contains("the records of this table are", StringComparison.Ordinal))
            {
                wrong.Add($"{Path.GetFileName(file)}: {fault}");
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task WhatIsNoJsonIsTold()
    {
        var wrong = new List<string>();
        foreach (var file in Files('n'))
        {
            if (await FaultAsync(file) is null != Lenient.Contains(Path.GetFileNameWithoutExtension(file)))
            {
                wrong.Add(Path.GetFileNameWithoutExtension(file));
            }
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public async Task WhatIsLeftToTheParserIsReadOrTold()
    {
        foreach (var file in Files('i'))
        {
            _ = await FaultAsync(file);
        }
    }

    /// <summary>The fault or first refusal; null when all of it was read.</summary>
    private static async Task<string?> FaultAsync(string file)
    {
        try
        {
            var read = await TablesRead.FromBytesAsync(await File.ReadAllBytesAsync(file), Path.GetFileName(file));
            return read.Fault ?? read.Tables.SelectMany(t => t.Refused).FirstOrDefault();
        }
        catch (UnreadableFileException fault)
        {
            return fault.Message;
        }
    }
}

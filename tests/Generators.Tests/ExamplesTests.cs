using Microsoft.CodeAnalysis;

namespace Flatfile.Agent.Generators.Tests;

/// <summary>The examples in the pages on hooks, duplicates and blueprints compile as they stand there.</summary>
public sealed class ExamplesTests
{
    [Fact]
    public void TheExamplesOfThePagesCompile()
    {
        string[] usings = ["System", "System.Collections.Generic", "System.Linq", "Flatfile.Agent", "Flatfile.Api"];
        var code = string.Concat(usings.Select(name => $"using {name};\n"))
            + "namespace Examples;\n"
            + Example("blueprints.md", "[Sheet(") + Example("record-hooks.md", "public sealed class") + Example("dedupe.md", "public sealed class");

        var (faults, whole) = SheetGeneratorTests.Generate(code);

        Assert.Empty(faults);
        Assert.Empty(whole.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    /// <summary>The first block of C# on a page that begins so.</summary>
    private static string Example(string page, string start)
    {
        var text = File.ReadAllText(Path.Combine(Root(), "docs", "handlers", page));
        var from = text.IndexOf("```csharp\n" + start, StringComparison.Ordinal) + "```csharp\n".Length;
        return text[from..text.IndexOf("```", from, StringComparison.Ordinal)];
    }

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "Flatfile.Agent.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}

using Flatfile.Api;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Flatfile.Agent.Generators.Tests;

/// <summary>What the compiler says of classes that cannot be sheets, and that what is written for the others compiles.</summary>
public sealed class SheetGeneratorTests
{
    [Theory]
    [InlineData("[Sheet(\"s\")] public class A { public string? B { get; set; } }", "FFS001", "'A' cannot be a sheet: it must be a partial class at the top of a namespace, without type parameters. Write 'partial class'.")]
    [InlineData("public class O { [Sheet(\"s\")] public partial class A { public string? B { get; set; } } }", "FFS001", "'A' cannot be a sheet")]
    [InlineData("[Sheet(\"s\")] public partial class A<T> { public string? B { get; set; } }", "FFS001", "'A' cannot be a sheet")]
    [InlineData("[Sheet(\"s\")] public partial class A { public System.DateTime B { get; set; } }", "FFS002", "'B' cannot be a field: its type is System.DateTime. Known: string, whole and decimal numbers, bool, DateOnly, enums, and lists of strings.")]
    [InlineData("[Sheet(\"s\")] public partial class A { public string? B { get; private set; } }", "FFS003", "'B' cannot be a field: its setter is private")]
    [InlineData("[Sheet(\"s\")] public partial class A { public string? B { get; set; } [Field(\"b\")] public string? C { get; set; } }", "FFS004", "The key 'b' belongs to two fields.")]
    [InlineData("[Sheet(\"s\")] public partial class A { [Reference(typeof(string), \"Length\")] public string? B { get; set; } }", "FFS005", "'B' refers to String.Length, which is no property of a class with [Sheet].")]
    [InlineData("[Sheet(\"s\")] [UniqueTogether(\"B\", \"C\")] public partial class A { public string? B { get; set; } }", "FFS006", "There is no field 'C' in A. Name properties by nameof.")]
    [InlineData("[Sheet(\"s\")] public partial class A { [Option(\"x\")] public int B { get; set; } }", "FFS007", "[Option] on 'B' has no meaning")]
    [InlineData("[Sheet(\"s\")] public partial class A { [Option(\"x\"), Option(\"x\")] public string? B { get; set; } }", "FFS008", "'B' has the option 'x' twice.")]
    public void AClassThatCannotBeASheetIsToldByTheCompiler(string code, string id, string message)
    {
        var fault = Assert.Single(Generate(code).Faults);

        Assert.Equal(id, fault.Id);
        Assert.StartsWith(message, fault.GetMessage(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("namespace N; [Sheet(\"s\")] public partial class A { public string? Text { get; set; } public int? Whole { get; set; } public double Real { get; set; } public bool? Truth { get; set; } public System.DateOnly? Day { get; set; } public System.DayOfWeek? Week { get; set; } public System.DayOfWeek Other { get; set; } public System.Collections.Generic.IReadOnlyList<string> List { get; set; } = []; }")]
    [InlineData("[Sheet(\"a \\\"quoted\\\" \\\\ slug\", Name = \"line\\nend\", Readonly = true, AllowAdditionalFields = true)] public partial record A { [Field(\"k\\\"\", Default = \"\\\\\", Computed = true, Readonly = true)] public required string Text { get; init; } }")]
    [InlineData("[Sheet(\"s\")] public partial class A;")]
    public void WhatIsWrittenCompiles(string code)
    {
        var (faults, whole) = Generate(code);

        Assert.Empty(faults);
        Assert.Empty(whole.GetDiagnostics().Where(d => d.Severity >= DiagnosticSeverity.Warning));
    }

    internal static (IReadOnlyList<Diagnostic> Faults, Compilation Whole) Generate(string code)
    {
        var trusted = ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path));
        MetadataReference[] ours = [MetadataReference.CreateFromFile(typeof(SheetAttribute).Assembly.Location), MetadataReference.CreateFromFile(typeof(SheetConfig).Assembly.Location)];
        var compilation = CSharpCompilation.Create(
            "sample", [CSharpSyntaxTree.ParseText("global using Flatfile.Agent;\n"), CSharpSyntaxTree.ParseText(code)], trusted.Concat(ours),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable));
        CSharpGeneratorDriver.Create(new SheetGenerator()).RunGeneratorsAndUpdateCompilation(compilation, out var whole, out var faults);
        return (faults, whole);
    }
}

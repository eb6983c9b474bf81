using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Flatfile.Agent.Generators;

/// <summary>Writes the other half of every partial class with <c>[Sheet]</c>: its configuration, its keys, and how its rows are read and written.</summary>
[Generator(LanguageNames.CSharp)]
public sealed class SheetGenerator : IIncrementalGenerator
{
    /// <inheritdoc />
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        var sheets = context.SyntaxProvider.ForAttributeWithMetadataName(
            "Flatfile.Agent.SheetAttribute",
            static (node, _) => node is TypeDeclarationSyntax,
            static (found, cancellationToken) =>
            {
                var model = SheetModel.Of((INamedTypeSymbol)found.TargetSymbol, cancellationToken);
                return (model.Faults, Name: model.Type.ToDisplayString(), Text: model.Faults.Count == 0 ? SheetWriter.Write(model) : null);
            });
        context.RegisterSourceOutput(sheets, static (output, sheet) =>
        {
            foreach (var fault in sheet.Faults)
            {
                output.ReportDiagnostic(fault);
            }

            if (sheet.Text is { } text)
            {
                output.AddSource(sheet.Name + ".g.cs", text);
            }
        });
    }
}

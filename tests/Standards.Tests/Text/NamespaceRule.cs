using System.Text.RegularExpressions;

namespace Standards.Tests.Text;

/// <summary>A file's namespace is its project's root name and its folder. Two projects are flat, so that a plugin needs two lines.</summary>
internal static partial class NamespaceRule
{
    private static readonly string[] Flat = ["Abstractions", "Api"];

    public static IEnumerable<string> Violations(Project project, IEnumerable<SourceFile> files) =>
        from file in files
        let found = Declaration().Match(file.Text)
        where found.Success
        let expected = Expected(project, file)
        where found.Groups[1].Value != expected
        select $"{file.Path}: namespace {found.Groups[1].Value}, but its folder says {expected}.";

    private static string Expected(Project project, SourceFile file)
    {
        var folder = file.Path[(project.Folder.Length + 1)..];
        var slash = folder.LastIndexOf('/');
        return slash < 0 || Flat.Contains(project.Name)
            ? project.RootNamespace
            : project.RootNamespace + "." + folder[..slash].Replace('/', '.');
    }

    [GeneratedRegex(@"^namespace\s+([\w.]+)", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}

using System.Xml.Linq;

namespace Standards.Tests;

/// <summary>The checked-out repository these tests look at.</summary>
internal static class Repository
{
    private static readonly string[] NotOurs = ["bin", "obj", ".git", "artifacts", "node_modules", "TestResults", ".vs", ".idea"];

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file we write, by path relative to the root with forward slashes.</summary>
    public static IEnumerable<SourceFile> Files(string under = "", params string[] extensions)
    {
        var start = Path.Combine(Root, under);
        return Walk(start)
            .Where(path => extensions.Length == 0 || extensions.Contains(Path.GetExtension(path)))
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)));
    }

    /// <summary>The projects of <c>src</c> and <c>plugins</c> with what they refer to and the root of their names.</summary>
    public static IEnumerable<Project> Projects() =>
        from file in Files("src", ".csproj").Concat(Files("plugins", ".csproj"))
        let xml = XDocument.Parse(file.Text)
        select new Project(
            Path.GetFileNameWithoutExtension(file.Path),
            file.Path[..file.Path.LastIndexOf('/')],
            xml.Descendants("AssemblyName").Single().Value,
            xml.Descendants("RootNamespace").Single().Value,
            [.. xml.Descendants("ProjectReference")
                .Where(r => r.Element("ReferenceOutputAssembly")?.Value != "false" && r.Attribute("ReferenceOutputAssembly")?.Value != "false")
                .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/')))]);

    private static IEnumerable<string> Walk(string folder) =>
        Directory.EnumerateFiles(folder)
            .Concat(Directory.EnumerateDirectories(folder)
                .Where(d => !NotOurs.Contains(Path.GetFileName(d)) && !IsUsersData(d))
                .SelectMany(Walk));

    /// <summary>The folder a server started in the root writes to.</summary>
    private static bool IsUsersData(string folder) => Path.GetRelativePath(Root, folder) == "data";

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Flatfile.Agent.sln")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("Flatfile.Agent.sln is in no folder above " + AppContext.BaseDirectory);
    }
}

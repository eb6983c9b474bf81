using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace Standards.Tests.Floors;

/// <summary>What an assembly really refers to, read from its file without loading it.</summary>
internal static class CompiledReferences
{
    public static IReadOnlyList<string> Of(string path)
    {
        using var image = new PEReader(File.OpenRead(path));
        var metadata = image.GetMetadataReader();
        return [.. metadata.AssemblyReferences.Select(r => metadata.GetString(metadata.GetAssemblyReference(r).Name))];
    }

    /// <summary>The project with what its compiled assembly refers to, in the names of projects.</summary>
    public static Project AsCompiled(Project project, IReadOnlyDictionary<string, string> projectOfAssembly, string path) =>
        project with { RefersTo = [.. Of(path).Where(projectOfAssembly.ContainsKey).Select(a => projectOfAssembly[a])] };
}

using System.Text.Json;

namespace Flatfile.Agent.Core.Plugins.Swap;

/// <summary>The file that keeps what must be known of the plugins after a restart; always one whole state, never half of one.</summary>
internal sealed class PluginMemoryFile(string folder)
{
    private string Path => System.IO.Path.Combine(folder, "state.json");

    /// <summary>What is known.</summary>
    /// <param name="damaged">Gets why the file could not be read; it is then set aside and nothing is known.</param>
    public IReadOnlyList<PluginMemory> Read(out string? damaged)
    {
        damaged = null;
        if (!File.Exists(Path))
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize(File.ReadAllBytes(Path), PluginMemoryJson.Default.ListPluginMemory) ?? [];
        }
        catch (JsonException fault)
        {
            File.Move(Path, Path + ".damaged", overwrite: true);
            damaged = fault.Message;
            return [];
        }
    }

    /// <summary>Durable when it returns.</summary>
    public async Task WriteAsync(IEnumerable<PluginMemory> memory, CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(folder);
        var next = Path + ".new";
        await using (var file = new FileStream(next, FileMode.Create, FileAccess.Write))
        {
            await JsonSerializer.SerializeAsync(file, [.. memory], PluginMemoryJson.Default.ListPluginMemory, cancellationToken).ConfigureAwait(false);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, Path, overwrite: true);
    }
}

using System.Reflection;
using Flatfile.Agent.Core.Binding;
using Microsoft.Extensions.Options;

namespace Flatfile.Agent.Core.Plugins;

/// <summary>Finds and loads plugins and puts the catalogue of their handlers in force.</summary>
public sealed class PluginLoader(IServiceProvider root, HandlerCatalogSource source, IOptions<PluginOptions> options, TimeProvider time)
{
    private readonly SemaphoreSlim _gate = new(1, 1);

    /// <summary>Scans all folders anew and replaces the catalogue in one step. Never throws for a bad plugin: its status says why.</summary>
    public async Task<HandlerCatalog> LoadAsync(CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            var plugins = new List<LoadedPlugin>();
            foreach (var candidate in PluginCandidate.All(options.Value))
            {
                plugins.Add(plugins.Any(p => p.Status.Name == candidate.Name)
                    ? LoadedPlugin.Refused(Start(candidate), $"Another plugin is already named {candidate.Name}. Rename this one's folder and assembly.")
                    : await LoadAsync(candidate, cancellationToken));
            }

            var catalog = CatalogAssembly.Assemble(plugins, [.. options.Value.HandlersOff]);
            source.Replace(catalog);
            return catalog;
        }
        finally
        {
            _gate.Release();
        }
    }

    private static PluginStatus Start(PluginCandidate candidate) => new()
    {
        Name = candidate.Name,
        Folder = candidate.Folder,
        Version = candidate.Assembly?.GetName().Version?.ToString(),
        State = PluginState.Loaded,
    };

    private async Task<LoadedPlugin> LoadAsync(PluginCandidate candidate, CancellationToken cancellationToken)
    {
        var status = Start(candidate);
        PluginReader? reader = null;
        try
        {
            var (assembly, context) = Open(candidate, ref status);
            reader = new PluginReader(root, status, context);

            // On a thread of its own: code of a plugin may never return, and the pool is not its to lose.
            return await Task.Factory.StartNew(() => reader.ReadAsync(assembly), cancellationToken, TaskCreationOptions.LongRunning, TaskScheduler.Default)
                .Unwrap().WaitAsync(options.Value.LoadTimeout, time, cancellationToken);
        }
        catch (TimeoutException) when (reader is not null)
        {
            return LoadedPlugin.Refused(status,
                $"Its code did not return within {options.Value.LoadTimeout.TotalSeconds:0.#} s while {reader.Step}. Constructors and Configure must not wait for anything.");
        }
        catch (Exception fault) when (!cancellationToken.IsCancellationRequested)
        {
            return LoadedPlugin.Refused(status, PluginFault.Describe(fault));
        }
    }

    private static (Assembly Assembly, PluginLoadContext? Context) Open(PluginCandidate candidate, ref PluginStatus status)
    {
        if (candidate.Folder is null)
        {
            return (candidate.Assembly!, null);
        }

        FolderCheck.RefuseWhenWorldWritable(candidate.Folder);
        var file = PluginFile.Read(candidate.Name, candidate.Folder);
        status = status with { Sha256 = file.Sha256 };
        var context = new PluginLoadContext(candidate.Name, file.Path);
        var warnings = new List<string>();
        FolderCheck.WarnOfCopies(candidate.Folder, warnings);
        try
        {
            file.Inspect(metadata => ReferenceCheck.Check(metadata, context, warnings));
        }
        finally
        {
            status = status with { Version = file.Version, Warnings = warnings };
        }

        return (context.Load(file.Bytes, file.Path), context);
    }
}

namespace Contracts.Disks;

/// <summary>What a disk holds after some steps, and what of it is there when the power goes at that moment.</summary>
/// <remarks>What was written before a file's last sync is there. Of what was written since, anything may be. Files are made and deleted at once.</remarks>
public sealed class DiskImage
{
    // What a disk writes whole, whatever happens.
    private const int Sector = 512;

    private readonly Dictionary<string, ImageFile> _files = new(StringComparer.Ordinal);

    /// <summary>The next step.</summary>
    public void Apply(DiskStep step)
    {
        if (step.Act == DiskAct.Delete)
        {
            _files.Remove(step.File);
            return;
        }

        if (!_files.TryGetValue(step.File, out var file))
        {
            _files[step.File] = file = new ImageFile();
        }

        switch (step.Act)
        {
            case DiskAct.Sync:
                file.Open.ForEach(open => Apply(file.Sure, open, open.Data.Length));
                file.Open.Clear();
                break;
            case DiskAct.Write or DiskAct.Truncate:
                file.Open.Add(step);
                break;
        }
    }

    /// <summary>Writes the files as they are found after the power is back.</summary>
    /// <param name="folder">An empty folder.</param>
    /// <param name="kept">What is there of the writes that no sync has made sure.</param>
    /// <param name="random">For what chance decides.</param>
    public void WriteTo(string folder, KeptWrites kept, Random random)
    {
        foreach (var (name, file) in _files)
        {
            using var found = new MemoryStream();
            file.Sure.WriteTo(found);
            for (var i = 0; i < file.Open.Count; i++)
            {
                var open = file.Open[i];
                var whole = open.Data.Length;
                var part = kept switch
                {
                    KeptWrites.All => whole,
                    KeptWrites.AllButTheEndOfTheLast => i + 1 < file.Open.Count ? whole : whole / 2 / Sector * Sector,
                    KeptWrites.Some => random.Next(2) * whole,
                    _ => 0,
                };
                if (kept == KeptWrites.All || part > 0)
                {
                    Apply(found, open, part);
                }
            }

            File.WriteAllBytes(Path.Combine(folder, name), found.ToArray());
        }
    }

    private static void Apply(MemoryStream file, DiskStep step, int length)
    {
        if (step.Act == DiskAct.Truncate)
        {
            file.SetLength(Math.Min(file.Length, step.Offset));
            return;
        }

        file.Position = step.Offset;
        file.Write(step.Data, 0, length);
    }

    private sealed class ImageFile
    {
        public MemoryStream Sure { get; } = new();

        public List<DiskStep> Open { get; } = [];
    }
}

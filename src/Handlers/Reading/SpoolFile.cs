namespace Flatfile.Agent.Handlers.Reading;

/// <summary>Files for what does not fit into memory: readable by this account alone, gone when they are closed, also when the process dies.</summary>
internal static class SpoolFile
{
    public static FileStream Create()
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.ReadWrite,
            Share = FileShare.None,
            Options = FileOptions.Asynchronous | FileOptions.DeleteOnClose,
            BufferSize = 64 * 1024,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var path = Path.Combine(Path.GetTempPath(), $"flatfile-agent-{Guid.NewGuid():N}");
        var file = new FileStream(path, options);
        if (!OperatingSystem.IsWindows())
        {
            // Its name goes at once, so that a killed process leaves nothing behind; the open handle keeps the bytes.
            File.Delete(path);
        }

        return file;
    }
}

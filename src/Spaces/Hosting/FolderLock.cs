using Flatfile.Spaces.Storage;

namespace Flatfile.Spaces.Hosting;

/// <summary>Holds the data folder for this process. The operating system lets go of it when the process ends, however it ends.</summary>
internal sealed class FolderLock(DataFolder folder) : IDisposable
{
    private FileStream? _file;

    /// <summary>Creates the folder and takes it.</summary>
    public void Take()
    {
        CreateFolders();
        try
        {
            _file = new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (UnauthorizedAccessException fault)
        {
            throw Unwritable(fault);
        }
        catch (IOException fault) when (File.Exists(folder.LockFile))
        {
            throw new SpacesStartException(
                $"The data folder {folder.Root} is in use by another running server. Stop that one, or choose another folder with --data.", fault);
        }
        catch (IOException fault)
        {
            throw Unwritable(fault);
        }
    }

    /// <inheritdoc />
    public void Dispose() => _file?.Dispose();

    private void CreateFolders()
    {
        try
        {
            DataFolder.CreatePrivate(folder.Root);
            DataFolder.CreatePrivate(folder.Spaces);
            CreateDatabase();
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw Unwritable(fault);
        }
    }

    /// <summary>The central database holds secrets as they are: its file, and those SQLite puts beside it with the same rights, are for the owner only.</summary>
    private void CreateDatabase()
    {
        if (!OperatingSystem.IsWindows() && !File.Exists(folder.CentralDatabase))
        {
            // An empty file is a new database to SQLite.
            new FileStream(folder.CentralDatabase, new FileStreamOptions
            {
                Mode = FileMode.OpenOrCreate, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite,
            }).Dispose();
        }
    }

    private SpacesStartException Unwritable(Exception fault) => new(
        $"The data folder {folder.Root} cannot be written: {fault.Message} Give this user the right to write it, or choose another folder with --data.", fault);
}

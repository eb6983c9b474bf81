using System.Globalization;

namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Whether the data folder can be written, who else may read it, and how much room there is.</summary>
internal sealed class DataFolderCheck(string folder) : IDoctorCheck
{
    private const long Little = 1_000_000_000;
    private const long TooLittle = 100_000_000;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    public string Subject => "Data folder";

    public bool IsUsed => true;

    public Task<IReadOnlyList<DoctorFinding>> LookAsync(CancellationToken cancellationToken)
    {
        var findings = new List<DoctorFinding>();
        if (Directory.Exists(folder))
        {
            findings.Add(Writable(folder)
                ? new DoctorFinding(DoctorLevel.Good, $"{folder} can be written to.")
                : new DoctorFinding(DoctorLevel.Bad, $"{folder} cannot be written to by this user.", "Give this user the right to write there, or choose another folder with --data DIR."));
            AddReaders(findings);
        }
        else
        {
            findings.Add(Writable(Existing(folder))
                ? new DoctorFinding(DoctorLevel.Good, $"{folder} is not there yet; it is made at the first start.")
                : new DoctorFinding(DoctorLevel.Bad, $"{folder} is not there and cannot be made by this user.", "Make it for this user, or choose another folder with --data DIR."));
        }

        AddRoom(findings);
        return Task.FromResult<IReadOnlyList<DoctorFinding>>(findings);
    }

    private void AddReaders(List<DoctorFinding> findings)
    {
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & Others) != 0)
        {
            findings.Add(new DoctorFinding(
                DoctorLevel.Warning, $"Other users of this machine may look into {folder}: it holds other people's data and keys.", $"chmod 700 {folder}"));
        }
    }

    private void AddRoom(List<DoctorFinding> findings)
    {
        var free = new DriveInfo(Existing(folder)).AvailableFreeSpace;
        findings.Add(free switch
        {
            < TooLittle => new DoctorFinding(DoctorLevel.Bad, $"{Size(free)} are free on its disk: soon nothing can be stored.", "Free space, or move the folder with --data DIR."),
            < Little => new DoctorFinding(DoctorLevel.Warning, $"{Size(free)} are free on its disk.", "Free space, or move the folder with --data DIR."),
            _ => new DoctorFinding(DoctorLevel.Good, $"{Size(free)} are free on its disk."),
        });
    }

    private static string Size(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e9:0.0} GB");

    /// <summary>Asks the system by the mildest means there is: a file that ends with its handle.</summary>
    private static bool Writable(string place)
    {
        try
        {
            using var probe = new FileStream(
                Path.Combine(place, $".doctor-{Guid.NewGuid():N}"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
            return true;
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private static string Existing(string path)
    {
        var place = path;
        while (!Directory.Exists(place) && Path.GetDirectoryName(place) is { } above)
        {
            place = above;
        }

        return place;
    }
}

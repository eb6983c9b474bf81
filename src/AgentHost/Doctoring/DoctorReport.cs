namespace Flatfile.Agent.Host.Doctoring;

/// <summary>Everything the doctor found, by subject, in the order in which it is read best.</summary>
internal sealed record DoctorReport(IReadOnlyList<(string Subject, IReadOnlyList<DoctorFinding> Findings)> Subjects)
{
    public int Warnings => Count(DoctorLevel.Warning);

    public int Bad => Count(DoctorLevel.Bad);

    private int Count(DoctorLevel level) => Subjects.Sum(s => s.Findings.Count(f => f.Level == level));
}

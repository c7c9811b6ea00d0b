using Interven.Contracts;
using Interven.Engine.Classifying.Checksums;
using Interven.Engine.Classifying.Context;

namespace Interven.Engine.Classifying.Health;

/// <summary>Identifiers and codes of health care that a label tells.</summary>
static class HealthIds
{
    static readonly CheckedNumbers Checked = new("health_numbers",
    [
        new(Kinds.UsNpi, [10], Luhn.IsValidNpi, new("npi", "npinumber", "national provider", "provider identifier", "npi number")),
        new(Kinds.DePhysicianNumber, [9], HealthChecks.PhysicianNumber, new("lanr", "arztnummer", "lebenslange arztnummer")),
    ]);

    static readonly Labelled[] Rows =
    [
        new(Kinds.MedicalRecordNumber, Confidence.Medium,
            ["mrn", "medical record number", "medical record no", "medical record #", "medical record id", "patient id", "patient number", "patient identifier", "hospital number", "chart number"],
            ["mrn", "medicalrecordnumber", "medicalrecordno", "medicalrecord", "medicalrecordid", "patientid", "patientnumber", "patientmrn", "patientidentifier", "hospitalnumber", "chartnumber"],
            Shapes.Code(4, 16, 4)),
        new(Kinds.UsDea, Confidence.High, ["dea number", "dea no", "dea registration", "dea"], ["dea", "deanumber", "prescriberdea", "deano"], DeaNumber.Shape),
        new(Kinds.HealthInsuranceId, Confidence.Medium,
            ["health insurance number", "health insurance id", "health plan id", "health plan number", "insurance member id", "subscriber id", "versichertennummer", "krankenversichertennummer", "medicaid id", "medicaid number", "medicare number", "medicare id"],
            ["healthinsurancenumber", "healthinsuranceid", "healthplanid", "healthplannumber", "insurancememberid", "subscriberid", "versichertennummer", "medicaidid", "medicaidnumber", "medicareid"],
            Shapes.Code(6, 20, 5)),
        new(Kinds.DePhysicianNumber, Confidence.Medium, ["bsnr", "betriebsstättennummer"], ["bsnr", "betriebsstattennummer"], Shapes.Number(9, 9)),
        new(Kinds.Icd10Code, Confidence.Medium,
            ["icd-10", "icd10", "icd-10-cm", "icd 10", "icd code", "diagnosis code", "diagnosis", "diagnosed with", "dx code", "dx:"],
            ["icd10", "icd10code", "icdcode", "icd", "diagnosiscode", "diagnosiscodes", "primarydiagnosis", "dxcode", "diagnosis", "icd10cm"],
            MedicalCodes.Icd10),
        new(Kinds.CptCode, Confidence.Medium, ["cpt code", "cpt", "hcpcs", "procedure code"], ["cpt", "cptcode", "cptcodes", "hcpcs", "hcpcscode", "procedurecode", "procedurecodes"], MedicalCodes.Cpt),
    ];

    public static readonly IReadOnlyList<Detector> Detectors = [.. Rows.SelectMany(row => row.Detectors()), .. MedicareBeneficiary.Detectors, InsuredNumber.Detector, Checked.Detector];
}

using Interven.Contracts;

namespace Interven.Engine.Classifying;

public static partial class Kinds
{
    public static readonly DataKind MedicalRecordNumber = Health("medical_record_number", 0.8);
    public static readonly DataKind UsNpi = Health("us_npi", 0.5);
    public static readonly DataKind UsDea = Health("us_dea", 0.7);
    public static readonly DataKind UsMbi = Health("us_mbi", 0.9);
    public static readonly DataKind HealthInsuranceId = Health("health_insurance_id", 0.8);
    public static readonly DataKind DePhysicianNumber = Health("de_physician_number", 0.5);
    public static readonly DataKind Icd10Code = Health("icd10_code", 0.7);
    public static readonly DataKind CptCode = Health("cpt_code", 0.6);
    public static readonly DataKind FhirResource = Health("fhir_resource", 0.9);
    public static readonly DataKind Hl7Message = Health("hl7_message", 0.9);
    public static readonly DataKind ClinicalDocument = Health("clinical_document", 0.9);

    static DataKind Health(string name, double severity) => new(name, DataClasses.Phi, severity);
}

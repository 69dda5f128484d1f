export { makeIccProfile } from './pdf/icc-profile.ts';
export { PdfWriter } from './pdf/pdf-writer.ts';
export { makeSamplePdf, makeSampleWriter, type SamplePdfOptions } from './pdf/sample-pdf.ts';
export { makeXmpPacket, pdfaidNamespace, type XmpPacketOptions } from './pdf/xmp-packet.ts';

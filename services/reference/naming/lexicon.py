"""Words of the trade: what is short for what, and what says nothing of a skill by itself."""

# Spelt out on both sides, in what is known and in what is read: what clerks agree on; the rest is told by its letters.
SHORT = {
    "ms": "microsoft", "bhs": "bahasa", "bhsa": "bahasa", "op": "operator", "opr": "operator", "optr": "operator",
    "oprt": "operator", "tk": "tukang", "tkg": "tukang", "mtr": "motor", "mbl": "mobil", "spd": "sepeda",
    "adm": "administrasi", "tek": "teknik", "tkn": "teknik", "mek": "mekanik", "bc": "baca", "inst": "instalasi",
    "instl": "instalasi", "psg": "pasang", "srv": "servis", "serv": "servis", "svc": "servis", "perb": "perbaikan",
    "prb": "perbaikan", "pemel": "pemeliharaan", "pemelih": "pemeliharaan", "peraw": "perawatan", "maint": "perawatan",
    "pemb": "pembuatan", "pengop": "pengoperasian", "kesel": "keselamatan", "komp": "komputer", "pelt": "pelatihan",
    "dgn": "dengan", "utk": "untuk", "yg": "yang",
}  # fmt: skip
_OTHERWISE = {
    "admin": "administrasi", "mikrosoft": "microsoft", "supir": "sopir", "analisa": "analisis", "praktek": "praktik",
    "tehnik": "teknik", "tehnisi": "teknisi", "hp": "ponsel", "handphone": "ponsel", "medsos": "media sosial",
    "sosmed": "media sosial", "olshop": "online shop", "onlen": "online", "design": "desain", "designer": "desainer",
}  # fmt: skip
# These are words, too, and short only with a dot.
DOTTED = {"pel": "pelayanan", "list": "listrik", "ds": "desa"}
# Two words that stand for one.
PHRASES = {
    "roda empat": "mobil", "roda 4": "mobil", "roda dua": "motor", "roda 2": "motor", "pandai besi": "pandaibesi",
}  # fmt: skip

# What is done has many words, in two languages; each line counts as its first.
_ACTS = """
servis service perbaikan memperbaiki reparasi mereparasi repair repairing
perawatan merawat pemeliharaan memelihara maintenance
pasang memasang pemasangan instal instalasi menginstal install installing installation
buat membuat pembuatan bikin membikin making make
operasi mengoperasikan pengoperasian operasikan operating operation operate
"""
# What is worked with or on, and who works, in other words that say the same in any trade; each stays its own word.
_EQUAL = """
makanan pangan
pakaian baju busana
komputer pc
mekanik montir
sopir driver pengemudi
daring online
"""
_FUNCTION = """
dan dengan di ke dari untuk yang pada atau serta oleh secara bagi sebagai para juga saja bisa dapat mampu pandai pintar
sudah pernah telah sangat sekali cukup agak lebih hal masih punya memiliki saya kami adalah ini itu nya
and or of in on the to for with by as at is able using use have my
"""
_LIGHT = """
operator tukang juru petugas tenaga pekerja karyawan karyawati staf staff pegawai kerja pekerjaan spesialis
keahlian keterampilan ketrampilan kemampuan kompetensi skill skills ability kecakapan penguasaan pengetahuan
pemahaman menguasai memahami paham mengerti tahu mengetahui teknik bidang bagian jurusan program jasa usaha
tingkat level kelas pelatihan latihan kursus training course sertifikat sertifikasi bersertifikat certificate certified
bnsp pengalaman berpengalaman experience experienced tahun thn th bulan years year ton meter jam ii iii iv
operasi operasional buat melakukan mengerjakan pengerjaan menggunakan penggunaan memakai pakai belajar
umum general baik good benar
"""
_CHARACTER = """
rajin jujur disiplin semangat tekun ulet sabar ramah sopan santun teliti cermat loyal ikhlas amanah mandiri kreatif
cekatan gesit tangguh sehat kuat setia tegas percaya diri tanggung jawab bertanggungjawab bergaul ceria inisiatif
keras cepat tepat waktu siap mau honest diligent hardworking friendly
"""

_SAME_ACT = {act: group.split()[0] for group in _ACTS.strip().splitlines() for act in group.split()[1:]}
SPELT_OUT = {word: _SAME_ACT.get(long, long) for word, long in (SHORT | _OTHERWISE).items()} | _SAME_ACT
EQUAL = {word: frozenset(group.split()) - {word} for group in _EQUAL.strip().splitlines() for word in group.split()}
FUNCTION = frozenset(_FUNCTION.split())  # they join others, or say that somebody can
LIGHT = frozenset(_LIGHT.split())  # they go with any skill: who does it, that it was learnt, how much of it
NEEDS_ANOTHER = frozenset(("teknisi", "mekanik", "montir", "mesin", "alat"))  # so vague that alone they are nothing
CHARACTER = frozenset(_CHARACTER.split())  # what people say of themselves where a skill is asked for

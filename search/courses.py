"""Search of courses and jobs by what people type: words, sigles, trades, codes, with or without mistakes."""

import re
from dataclasses import dataclass, field

from search.course_index import CourseIndex, FoundCourse
from search.query_words import SCHOOL_WORDS, SIGLES
from search.spellings import spelt_out, without_wishes
from search.text_index import words_of

_THROUGH_JOB, _OTHER_TYPE = 0.65, 0.5
_EVERYDAY, _COMPLETENESS = 0.08, 0.5
_LEAST_SCORE, _LEAST_SHARE, _CLOSE_SHARE = 0.25, 0.5, 0.85
_LEAST_JOB_SCORE = 0.6


@dataclass(frozen=True)
class FoundJob:
    """A job, its name that matched best and the courses that lead to it: open ones, that somebody teaches."""

    code: str
    label: str
    name: str
    courses: tuple[FoundCourse, ...]


@dataclass
class CourseMatches:
    """The courses and jobs that match a query.

    closest: the courses that answer about as well as the first. best: its score, 0 when there is none, about 1
    for all the words. near: {unknown word: words that look like it}.
    """

    courses: list[FoundCourse] = field(default_factory=list)
    jobs: list[FoundJob] = field(default_factory=list)
    corrections: dict[str, str] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    best: float = 0.0
    closest: list[FoundCourse] = field(default_factory=list)
    near: dict[str, list[str]] = field(default_factory=dict)


def wished_words(query):
    """The words of a query without wishes and kinds of school (« devenir », « lycée »), unless nothing else is left."""
    words = without_wishes(words_of(spelt_out(query)))
    return [word for word in words if word not in SCHOOL_WORDS] or words


class CourseSearch:
    """The search of all diplomas and jobs, built once per version of the data.

    weights: see `CourseIndex`.
    """

    def __init__(self, weights=None):
        self.index = CourseIndex(weights or {})

    def __len__(self):
        return len(self.index.courses)

    def has_all(self, words):
        return self.index.has_all(words)

    def knows(self, word):
        return self.index.knows(word)

    def name_of(self, query):
        """The label of the course with this code; the query itself when it is no code."""
        course = self._by_code(query)
        return course.label if course else query

    def words_for(self, query):
        """Words that find only the course with this code; the query itself when it is no code or none do."""
        course = self._by_code(query)
        return course.label if course and self.search(course.label).closest == [course] else query

    def _by_code(self, query):
        return self.index.course(re.sub(r"\s", "", query).upper())

    def search(self, query):
        if course := self._by_code(query):
            return CourseMatches([course], best=2.0, closest=[course])
        words = wished_words(query)
        sigles = [word for word in words if word in SIGLES]
        subject = [word for word in words if word not in SIGLES]
        if not subject:
            return self._of_type(sigles)
        term_matches = self._match(subject)
        jobs = self._job_scores(term_matches)
        scores = self._scores(term_matches, jobs, sigles)
        best = max(scores.values(), default=0)
        least = max(_LEAST_SCORE, best * _LEAST_SHARE)
        courses = self.index.courses
        ranked = sorted(
            (code for code, score in scores.items() if score >= least),
            key=lambda code: (-round(20 * scores[code]), *courses[code].rank),
        )
        return CourseMatches(
            [courses[code] for code in ranked],
            self._found_jobs(jobs),
            term_matches.corrections,
            term_matches.unknown,
            best,
            [courses[code] for code in ranked if scores[code] >= best * _CLOSE_SHARE],
            {word: self.index.subjects.nearest(word) for word in term_matches.unknown},
        )

    def _match(self, words):
        """The `TermMatches` of words; a word is corrected only when neither courses nor jobs have it."""
        subjects, names = self.index.subjects, self.index.names
        term_matches = subjects.match(words, can_correct=False)
        known_names = names.match(term_matches.unknown, can_correct=False)
        for word in known_names.unknown:
            corrected = subjects.match([word])
            other = names.match([word])
            term_matches.by_word[word] = {**other.by_word[word], **corrected.by_word[word]}
            term_matches.corrections |= corrected.corrections or other.corrections
        for word in known_names.words:
            if known_names.by_word[word]:
                term_matches.by_word[word] = known_names.by_word[word]
        return term_matches

    def _scores(self, term_matches, jobs, sigles):
        scores = dict(self.index.subjects.search(term_matches))
        through_jobs = {}
        for job, (score, _) in jobs.items():
            for code in self.index.diplomas_of_job.get(job, ()):
                through_jobs[code] = max(min(score, 1) ** 2, through_jobs.get(code, 0))
        for code, score in through_jobs.items():
            own = scores.get(code, 0)
            scores[code] = max(own, 1 - (1 - min(own, 1)) * (1 - _THROUGH_JOB * score))
        of_type = self.index.codes_of_type(sigles)
        for code in scores:
            is_other_type = sigles and code not in of_type
            scores[code] *= self.index.courses[code].standing * (_OTHER_TYPE if is_other_type else 1)
        return scores

    def _of_type(self, sigles):
        courses = [self.index.courses[code] for code in self.index.codes_of_type(sigles)]
        courses.sort(key=lambda course: (-course.standing, *course.rank))
        return CourseMatches(courses, best=1.0 if courses else 0, closest=courses)

    def _job_scores(self, term_matches):
        """{job: (score, name that matched best)}"""
        matches = self.index.names.match(
            [term_matches.corrections.get(word, word) for word in term_matches.words], can_correct=False
        )
        best = {}
        for (job, name, is_everyday), score in self.index.names.search(matches).items():
            score = score / (1 + _COMPLETENESS) + (_EVERYDAY if is_everyday else 0)
            if score >= _LEAST_JOB_SCORE and score > best.get(job, (0,))[0]:
                best[job] = (score, name)
        return best

    def _found_jobs(self, jobs):
        leading = self.index.diplomas_of_job
        ranked = sorted(jobs, key=lambda job: (-round(jobs[job][0], 2), -len(leading.get(job, ())), job))
        return [
            FoundJob(job, self.index.job_labels[job], jobs[job][1], self.index.offered_for_job(job))
            for job in ranked
        ]
